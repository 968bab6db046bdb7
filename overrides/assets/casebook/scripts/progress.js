// How far a reader has come on the guided paths. Kept in this browser and sent nowhere.

import { root } from "./root.js";
import { text } from "./texts.js";

const path = document.querySelector("[data-cb-path]");
if (path) follow(path);
for (const place of document.querySelectorAll("[data-cb-progress]")) {
  tell(place, made(place.dataset.cbProgress).size, Number(place.dataset.stops));
}

function follow(path) {
  const boxes = [...path.querySelectorAll("[data-cb-stop]")];
  const clear = path.querySelector("[data-cb-progress-clear]");
  const name = path.dataset.cbPath;

  function show() {
    const done = made(name);
    for (const box of boxes) {
      box.checked = done.has(box.dataset.cbStop);
      box.closest("label").hidden = false;
    }
    const count = boxes.filter((box) => box.checked).length;
    tell(path, count, boxes.length);
    clear.hidden = count === 0;
  }

  path.addEventListener("change", () => {
    const done = boxes.filter((box) => box.checked).map((box) => box.dataset.cbStop);
    if (remember(name, done)) show();
  });
  clear.addEventListener("click", () => {
    remember(name, []);
    show();
    boxes[0]?.focus();
  });
  addEventListener("storage", show);
  if (remember(name, [...made(name)])) show(); // without storage there is nothing to tick
}

function tell(place, count, total) {
  const words = place.querySelector("[data-cb-progress-done]");
  words.hidden = count === 0;
  words.textContent = count >= total ? text("All stops made") : text("{count} of {total} stops made", { count, total });
}

function key(name) {
  return `${root.pathname}casebook.path.${name}`;
}

/** The stops that were made; none when storage is switched off or holds something else. */
function made(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(name)) ?? "[]");
    return new Set(Array.isArray(kept) ? kept : []);
  } catch {
    return new Set();
  }
}

/** Whether it could be kept. */
function remember(name, stops) {
  try {
    localStorage.setItem(key(name), JSON.stringify(stops));
    return true;
  } catch {
    return false;
  }
}
