// A moment of a recording: one button that plays exactly it, from its first word to its last.

import { clock } from "../case/player.js";

const AT_END_S = 0.05;

/** Put buttons in the place of the browser's own controls. Only one clip of the page is heard at a time. */
export function startClips(page) {
  const clips = [...page.querySelectorAll("[data-cb-clip]")].map((element) => new Clip(element));
  for (const clip of clips) {
    clip.addEventListener("begin", () => clips.filter((other) => other !== clip).forEach((other) => other.pause()));
  }
}

class Clip extends EventTarget {
  #whole = null;

  constructor(element) {
    super();
    this.element = element;
    this.start = Number(element.dataset.start);
    this.end = Number(element.dataset.end);
    this.audio = element.querySelector("audio");
    // The fragment would stop the sound by itself, but only the first time.
    this.audio.src = this.audio.src.split("#")[0];
    this.button = element.querySelector("button");
    this.now = element.querySelector("[data-cb-clip-now]");
    this.button.hidden = false;
    this.now.hidden = false;
    this.button.addEventListener("click", () => (this.audio.paused ? this.play() : this.pause()));
    for (const name of ["play", "pause"]) this.audio.addEventListener(name, () => this.#showState());
    this.audio.addEventListener("timeupdate", () => this.#look());
    this.audio.addEventListener("error", () => this.#giveUp());
    this.#showTime(0);
  }

  async play() {
    this.dispatchEvent(new Event("begin"));
    try {
      await this.#makeReady();
      const { currentTime } = this.audio;
      const inside = currentTime >= this.start && currentTime < this.end - AT_END_S;
      if (!inside) this.audio.currentTime = this.start;
      await this.audio.play();
      this.#run();
    } catch (error) {
      // Paused before it began is no failure.
      if (error.name !== "AbortError") this.#giveUp();
    }
  }

  pause() {
    this.audio.pause();
  }

  /** Loaded as far as it takes to jump; servers for previews send no parts of a file, it is then held in memory. */
  async #makeReady() {
    const { audio } = this;
    if (audio.readyState < HTMLMediaElement.HAVE_METADATA) {
      audio.preload = "metadata";
      audio.load();
      await new Promise((resolve, reject) => {
        audio.addEventListener("loadedmetadata", resolve, { once: true });
        audio.addEventListener("error", () => reject(new Error("cannot be loaded")), { once: true });
      });
    }
    if (this.#whole || (audio.seekable.length && audio.seekable.end(audio.seekable.length - 1) > this.start)) return;
    this.#whole = URL.createObjectURL(await (await fetch(audio.src)).blob());
    audio.src = this.#whole;
    await new Promise((resolve) => audio.addEventListener("loadedmetadata", resolve, { once: true }));
  }

  /** While it plays, look once a frame; `timeupdate` looks on where no frames are drawn, in a tab behind another. */
  #run() {
    this.#look();
    if (!this.audio.paused) requestAnimationFrame(() => this.#run());
  }

  #look() {
    const { audio } = this;
    if (audio.currentTime >= this.end && !audio.paused) {
      audio.pause();
      audio.currentTime = this.end;
    }
    this.#showTime(Math.min(this.end, Math.max(this.start, audio.currentTime)) - this.start);
  }

  #showTime(heard) {
    const length = this.end - this.start;
    this.element.style.setProperty("--cb-heard", Math.min(1, heard / length).toFixed(4));
    const words = `${clock(heard)} / ${clock(length)}`;
    if (this.now.textContent !== words) this.now.textContent = words;
  }

  #showState() {
    this.element.classList.toggle("cb-playing", !this.audio.paused);
    this.button.setAttribute("aria-pressed", String(!this.audio.paused));
  }

  /** A recording that cannot be loaded is no recording: the lines can still be read. */
  #giveUp() {
    this.button.hidden = true;
    this.now.hidden = true;
    this.element.classList.add("cb-clip-silent");
  }
}
