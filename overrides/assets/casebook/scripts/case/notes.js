// The review in the margin: notes stand beside their line and keep apart; departments can be filtered.

import { textForCount } from "../texts.js";

const GAP = 12;

export function startNotes(talk, filter) {
  const folds = [...talk.querySelectorAll(".cb-notes")];
  if (!folds.length) return;
  let active = null;
  let height = 0;

  const place = () => {
    const shown = folds.filter((fold) => !fold.parentElement.hasAttribute("data-unnoted"));
    const inMargin = shown.length > 0 && getComputedStyle(shown[0]).position === "absolute";
    if (!inMargin) {
      talk.style.paddingBottom = "";
      return;
    }
    // Browsers that cannot show a folded note in the margin get it unfolded.
    if (!CSS.supports("selector(::details-content)")) for (const fold of shown) fold.open = true;
    const boxes = shown.map((fold) => ({ fold, at: fold.parentElement.offsetTop, height: fold.offsetHeight }));
    spread(boxes, boxes.findIndex((box) => box.fold.parentElement === active));
    for (const box of boxes) box.fold.style.setProperty("--cb-push", String(Math.round(box.top - box.at)));
    const last = boxes.at(-1);
    const overhang = Math.max(0, last.top + last.height - (talk.offsetHeight - height));
    height = overhang;
    talk.style.paddingBottom = overhang ? `${overhang}px` : "";
  };

  const activate = (line) => {
    const noted = line?.closest(".cb-noted");
    if (!noted || noted === active) return;
    active = noted;
    place();
  };
  talk.addEventListener("running", (event) => activate(event.detail));
  talk.addEventListener("focusin", (event) => activate(event.target));
  talk.addEventListener("click", (event) => activate(event.target));

  let width = 0;
  new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) === width) return;
    width = Math.round(entry.contentRect.width);
    place();
  }).observe(talk);
  place();
  document.fonts?.ready.then(place);
  addEventListener("load", place);
  if (filter) startFilter(talk, filter, folds, place);
}

/** Give each box its top: at its line where there is room, else below the box before; the active one keeps its line. */
export function spread(boxes, activePlace) {
  let bottom = -Infinity;
  boxes.forEach((box, place) => {
    box.top = place === activePlace ? box.at : Math.max(box.at, bottom + GAP);
    bottom = box.top + box.height;
  });
  for (let place = activePlace; place > 0; place -= 1) {
    const before = boxes[place - 1];
    before.top = Math.min(before.top, boxes[place].top - GAP - before.height);
  }
}

function startFilter(talk, form, folds, place) {
  form.hidden = false;
  form.addEventListener("change", () => {
    const wanted = new Set([...form.querySelectorAll("input[value]:checked")].map((input) => input.value));
    for (const fold of folds) {
      let count = 0;
      for (const thread of fold.querySelectorAll(":scope > div")) {
        let inThread = 0;
        for (const note of thread.querySelectorAll("article")) {
          const away = !wanted.has(note.dataset.d);
          note.toggleAttribute("data-away", away);
          if (!away) inThread += 1;
        }
        thread.toggleAttribute("data-away", inThread === 0);
        count += inThread;
      }
      fold.toggleAttribute("data-away", count === 0);
      fold.parentElement.toggleAttribute("data-unnoted", count === 0);
      fold.querySelector("summary").textContent = textForCount("{count} note", "{count} notes", count);
    }
    talk.classList.toggle("cb-only-noted", form.elements.noted.checked);
    place();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}
