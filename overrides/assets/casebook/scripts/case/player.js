// The player: one recording, its controls, and what it tells to those who follow it ("time" and "state" events).

const SPEED_KEY = "casebook.speed";

export class Player extends EventTarget {
  /** The quote's button on whose behalf it plays, or null. */
  playingFor = null;
  #until = null;
  #wanted = 0;

  constructor(root) {
    super();
    this.root = root;
    this.audio = root.querySelector("audio");
    this.duration = Number(root.dataset.duration);
    this.toggleButton = root.querySelector(".cb-player-toggle");
    this.followButton = root.querySelector(".cb-player-follow");
    this.range = root.querySelector("input[type=range]");
    this.now = root.querySelector("[data-now]");
    this.heard = root.querySelector(".cb-wave-heard");
    this.speedSelect = root.querySelector("select");
    for (const part of root.querySelectorAll("[hidden]")) part.hidden = false;
    this.#listen();
    this.setSpeed(remembered() ?? 1);
  }

  get playing() {
    return !this.audio.paused;
  }

  get time() {
    return this.audio.currentTime;
  }

  /** True when the reader wants the talk to follow what is heard. */
  get follows() {
    return this.followButton.getAttribute("aria-pressed") === "true";
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  pause() {
    this.audio.pause();
  }

  async play() {
    try {
      await this.audio.play();
    } catch {
      // The browser wants the reader's own gesture first: leave it one key away.
      this.toggleButton.focus({ preventScroll: true });
    }
  }

  /** Play from `seconds`; up to `until` (seconds, null is to the end) on behalf of `button`. */
  playFrom(seconds, { until = null, button = null } = {}) {
    this.seek(seconds);
    this.#until = until;
    this.#markQuote(button);
    this.play();
  }

  seek(seconds) {
    this.#until = null;
    this.#markQuote(null);
    this.#wanted = seconds;
    this.audio.currentTime = Math.min(Math.max(0, seconds), Math.max(0, this.duration - 0.05));
    this.#show();
  }

  skip(seconds) {
    this.seek(this.time + seconds);
  }

  /** One step faster (1) or slower (-1). */
  changeSpeed(direction) {
    const speeds = [...this.speedSelect.options].map((option) => Number(option.value));
    const place = speeds.indexOf(this.audio.playbackRate) + direction;
    if (place >= 0 && place < speeds.length) this.setSpeed(speeds[place]);
  }

  setSpeed(speed) {
    const option = [...this.speedSelect.options].find((candidate) => Number(candidate.value) === speed);
    if (!option) return;
    this.speedSelect.value = option.value;
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
    remember(speed);
  }

  #listen() {
    const { audio } = this;
    this.toggleButton.addEventListener("click", () => this.toggle());
    for (const button of this.root.querySelectorAll("[data-skip]")) {
      button.addEventListener("click", () => this.skip(Number(button.dataset.skip)));
    }
    this.speedSelect.addEventListener("change", () => this.setSpeed(Number(this.speedSelect.value)));
    this.followButton.addEventListener("click", () => {
      this.followButton.setAttribute("aria-pressed", String(!this.follows));
    });
    this.range.addEventListener("input", () => this.seek(Number(this.range.value)));
    for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, () => this.#showState());
    for (const name of ["timeupdate", "seeked"]) audio.addEventListener(name, () => this.#show());
    // The recording may have come, or failed to come, before this script did.
    if (audio.readyState >= HTMLMediaElement.HAVE_METADATA) this.#makeSeekable();
    else audio.addEventListener("loadedmetadata", () => this.#makeSeekable(), { once: true });
    // A recording that cannot be loaded is no recording: the page works without.
    const giveUp = () => (this.root.hidden = true);
    if (audio.error) giveUp();
    else audio.addEventListener("error", giveUp);
  }

  /** Servers for previews send no parts of a file, and browsers cannot jump in what comes whole: hold it in memory. */
  async #makeSeekable() {
    const { audio } = this;
    if (audio.seekable.length && audio.seekable.end(audio.seekable.length - 1) > 1) return;
    const whole = await (await fetch(audio.src)).blob();
    const playing = this.playing;
    audio.src = URL.createObjectURL(whole);
    this.seek(this.#wanted);
    if (playing) this.play();
  }

  #showState() {
    const label = this.playing ? this.toggleButton.dataset.pauseLabel : this.toggleButton.dataset.playLabel;
    this.toggleButton.setAttribute("aria-label", label);
    this.root.classList.toggle("cb-playing", this.playing);
    if (!this.playing) this.#markQuote(null);
    this.dispatchEvent(new Event("state"));
    if (this.playing) this.#run();
  }

  /** While it plays, look once a frame: the line must change with the voice, not a quarter of a second later. */
  #run() {
    if (!this.playing) return;
    this.#show();
    requestAnimationFrame(() => this.#run());
  }

  #show() {
    const { time } = this;
    if (this.#until !== null && time >= this.#until) {
      this.#until = null;
      this.pause();
    }
    this.range.value = String(time);
    const text = clock(time);
    if (this.now.textContent !== text) {
      this.now.textContent = text;
      this.range.setAttribute("aria-valuetext", text);
    }
    this.heard.style.setProperty("--cb-heard", (time / this.duration).toFixed(4));
    this.dispatchEvent(new Event("time"));
  }

  #markQuote(button) {
    this.playingFor?.classList.remove("cb-play-on");
    this.playingFor = button;
    button?.classList.add("cb-play-on");
  }
}

/** A place in a recording as listeners read it: 1:23, or 1:02:03 from an hour on. */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

function remembered() {
  try {
    return Number(localStorage.getItem(SPEED_KEY)) || null;
  } catch {
    return null; // storage is switched off
  }
}

function remember(speed) {
  try {
    localStorage.setItem(SPEED_KEY, String(speed));
  } catch {
    // storage is switched off: this page still has its speed
  }
}
