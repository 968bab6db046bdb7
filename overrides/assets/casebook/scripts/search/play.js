// One line of a recording, played where it was found. One sound at a time.

import { inSite } from "../root.js";
import { text } from "../texts.js";
import { clock, element, icon } from "./element.js";

let audio = null;
let playing = null;

/** A button that plays the recording at `address` from `start` to `end` (seconds; null is the end of the recording). */
export function playButton(address, start, end) {
  const button = element(
    "button",
    { type: "button", class: "cb-play", "aria-pressed": "false", "aria-label": text("Play from {time}", { time: clock(start) }) },
    icon("play"),
    element("time", {}, clock(start)),
  );
  button.addEventListener("click", () => (playing?.button === button ? stop() : play({ button, address, start, end })));
  return button;
}

/** Stop what plays, if anything does. */
export function stop() {
  if (!playing) return;
  audio.pause();
  show(playing.button, false);
  playing = null;
}

async function play(line) {
  stop();
  audio ??= preparedAudio();
  playing = line;
  show(line.button, true);
  const source = inSite(line.address).href;
  if (audio.src !== source) audio.src = source;
  try {
    audio.currentTime = line.start;
    await audio.play();
  } catch {
    if (playing === line) stop();
  }
}

function preparedAudio() {
  const made = element("audio", { preload: "none" });
  document.body.append(made);
  made.addEventListener("timeupdate", () => {
    if (playing && playing.end !== null && made.currentTime >= playing.end) stop();
  });
  made.addEventListener("ended", stop);
  made.addEventListener("error", stop);
  return made;
}

function show(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
  button.querySelector("svg").replaceWith(icon(pressed ? "pause" : "play"));
}
