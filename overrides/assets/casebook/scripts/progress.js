// How far a reader has come on the guided paths, and what the reader wrote there. Kept in this browser and sent nowhere.

import { startClips } from "./paths/clip.js";
import { doneOn, notesOn, rememberDone, rememberNotes } from "./paths/memory.js";
import { text } from "./texts.js";

const path = document.querySelector("[data-cb-path]");
if (path) follow(path);
const cards = [...document.querySelectorAll("[data-cb-progress]")];
for (const card of cards) {
  const stops = JSON.parse(card.dataset.stops).map(([key, anchor, title, minutes]) => ({ key, anchor, title, minutes }));
  const show = () => {
    showCard(card, stops, doneOn(card.dataset.cbProgress));
    showResume();
  };
  show();
  addEventListener("storage", show);
  addEventListener("pageshow", show); // the reader came back from the path
}

function follow(path) {
  const name = path.dataset.cbPath;
  const boxes = [...path.querySelectorAll("[data-cb-stop]")];
  const notes = [...path.querySelectorAll("[data-cb-note]")];
  const clear = path.querySelector("[data-cb-progress-clear]");
  const stops = boxes.map((box) => {
    const stop = box.closest(".cb-stop");
    const title = stop.querySelector("h2").textContent;
    return { key: box.dataset.cbStop, anchor: stop.id, title, minutes: Number(stop.dataset.minutes) };
  });
  startClips(path);

  const print = path.querySelector("[data-cb-print]");
  print.hidden = false;
  print.addEventListener("click", () => window.print());

  function show() {
    const done = doneOn(name);
    const written = notesOn(name);
    for (const box of boxes) {
      box.checked = done.has(box.dataset.cbStop);
      box.closest("label").hidden = false;
    }
    for (const note of notes) {
      note.closest("label").hidden = false;
      if (note !== document.activeElement) note.value = written[note.dataset.cbNote] ?? "";
    }
    tell(path, stops, done);
    clear.hidden = done.size === 0;
    path.querySelector("[data-cb-private]").hidden = false;
    path.querySelector("[data-cb-path-end]").hidden = !stops.length || stops.some((stop) => !done.has(stop.key));
  }

  path.addEventListener("change", (event) => {
    if (!event.target.matches("[data-cb-stop]")) return;
    const done = boxes.filter((box) => box.checked).map((box) => box.dataset.cbStop);
    if (rememberDone(name, done)) show();
  });
  path.addEventListener("input", (event) => {
    if (!event.target.matches("[data-cb-note]")) return;
    rememberNotes(name, Object.fromEntries(notes.map((note) => [note.dataset.cbNote, note.value])));
  });
  // Who begins again goes through the stops once more; what was written stays.
  clear.addEventListener("click", () => {
    rememberDone(name, []);
    show();
    path.querySelector(".cb-stop h2")?.focus();
  });
  addEventListener("storage", show);
  if (rememberDone(name, [...doneOn(name)])) show(); // without storage there is nothing to tick or to write
}

function showCard(card, stops, done) {
  tell(card, stops, done);
  const line = card.querySelector("[data-cb-continue-line]");
  const link = line.querySelector("[data-cb-continue]");
  line.hidden = link.hidden;
}

/** On the home page the way back to the first path that was begun stands on top. */
function showResume() {
  const line = document.querySelector("[data-cb-resume]");
  if (!line) return;
  const next = cards.map((card) => card.querySelector("[data-cb-continue]")).find((link) => !link.hidden);
  line.hidden = !next;
  if (!next) return;
  const link = line.querySelector("a");
  link.href = next.href;
  link.lang = next.querySelector("[data-cb-continue-text]").lang;
  link.textContent = next.closest("[data-cb-progress]").querySelector("h3").textContent;
}

/** How many stops are made, how long the rest takes, and where to go on. */
function tell(place, stops, done) {
  const left = stops.filter((stop) => !done.has(stop.key));
  const made = stops.length - left.length;
  const words = place.querySelector("[data-cb-progress-done]");
  words.hidden = made === 0;
  words.textContent = left.length
    ? text("{count} of {total} stops made, {minutes} minutes left", {
        count: made,
        total: stops.length,
        minutes: left.reduce((sum, stop) => sum + stop.minutes, 0),
      })
    : text("All stops made");
  const bar = place.querySelector("[data-cb-progress-bar]");
  bar.hidden = made === 0;
  bar.value = made;
  const link = place.querySelector("[data-cb-continue]");
  link.hidden = made === 0 || left.length === 0;
  if (link.hidden) return;
  link.hash = left[0].anchor;
  link.querySelector("[data-cb-continue-text]").textContent = text("Go on: {title}", { title: left[0].title });
}
