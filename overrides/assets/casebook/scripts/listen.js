// A quote is heard where it stands: the recording of its case is played from its first word to its last. What cannot be
// played here leads to the case, as the link does without scripts. One sound at a time, and none beside the player that the
// page of a case has.

import { inSite } from "./root.js";

let audio = null;
let playing = null;

if (!document.querySelector(".cb-player")) document.addEventListener("click", hear);

function hear(event) {
  const link = event.target.closest?.("a.cb-play[data-until]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  if (playing === link) stop();
  else play(link);
}

async function play(link) {
  stop();
  audio ??= preparedAudio();
  playing = link;
  link.classList.add("cb-play-on");
  const source = recordingBehind(link).href;
  if (audio.src !== source) audio.src = source;
  try {
    audio.currentTime = secondsOf(link.textContent);
    await audio.play();
  } catch (error) {
    if (playing === link && error.name !== "AbortError") leaveFor(link);
  }
}

function stop() {
  audio?.pause();
  playing?.classList.remove("cb-play-on");
  playing = null;
}

/** The recording lies beside the page of its case. */
function recordingBehind(link) {
  const page = new URL(link.href);
  return inSite(new URL("audio.m4a", page.origin + page.pathname).href);
}

/** `1:23` or `1:02:03` in seconds. */
function secondsOf(clock) {
  return clock.trim().split(":").reduce((seconds, part) => 60 * seconds + Number(part), 0);
}

function leaveFor(link) {
  stop();
  location.assign(link.href);
}

function preparedAudio() {
  const made = document.createElement("audio");
  made.preload = "none";
  made.addEventListener("timeupdate", () => {
    if (playing && made.currentTime >= Number(playing.dataset.until)) stop();
  });
  made.addEventListener("ended", stop);
  made.addEventListener("error", () => playing && leaveFor(playing));
  document.body.append(made);
  return made;
}
