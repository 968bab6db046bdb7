// The talk: the line that is heard, lines that play when their time is clicked, links to copy, steps from note to note.

import { addressOf } from "./address.js";
import { copyText } from "../copy.js";
import { language } from "../texts.js";

const ICON =
  '<svg class="cb-icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M6.7 9.3 9.3 6.7M7.2 4.6 8.6 3.200a2.97 2.97 0 0 1 4.2 4.200L11.4 8.800M8.8 11.4 7.4 12.800a2.97 2.97 0 0 1-4.2-4.200L4.6 7.2"/></svg>';

export class Talk {
  #running = null;
  #stop = null;

  constructor(element, player) {
    this.element = element;
    this.player = player;
    this.lines = [...element.querySelectorAll("p[data-s]")];
    this.starts = this.lines.map((line) => Number(line.dataset.s));
    element.addEventListener("click", (event) => this.#playLine(event));
    this.#offerCopies();
    player?.addEventListener("time", () => this.#follow());
    player?.addEventListener("state", () => this.#follow());
  }

  /** The line of that identifier, or null. */
  line(id) {
    const found = document.getElementById(id);
    return found && this.element.contains(found) && found.matches("p[data-s]") ? found : null;
  }

  startOf(line) {
    return Number(line.dataset.s);
  }

  /** The line that is heard at `seconds`: the last one that has begun. Null before the first word. */
  lineAt(seconds) {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      // Times in the page are rounded to a tenth of a second.
      if (this.starts[middle] <= seconds + 0.05) low = middle + 1;
      else high = middle;
    }
    return this.lines[low - 1] ?? null;
  }

  /** Show a line and point to it. */
  reveal(line, behavior = motionTo(line)) {
    this.#stop = line;
    this.#mark(line);
    line.scrollIntoView({ block: "center", behavior });
  }

  /** Go to the next (1) or previous (-1) line that somebody made a note on or an insight stands on. */
  step(direction) {
    const stops = this.lines.filter(
      (line) => line.parentElement.matches(".cb-noted:not([data-unnoted])") || line.querySelector('.cb-cite[href^="#insight"]'),
    );
    const here = this.#stop ?? this.#running ?? this.lines.find((line) => line.getBoundingClientRect().top > 0);
    const place = this.lines.indexOf(here);
    const next =
      direction > 0
        ? stops.find((line) => this.lines.indexOf(line) > place || (!this.#stop && line === here))
        : stops.findLast((line) => this.lines.indexOf(line) < place);
    if (!next) return;
    this.reveal(next);
    next.querySelector("a").focus({ preventScroll: true });
    this.player?.seek(this.startOf(next));
  }

  #playLine(event) {
    const link = event.target.closest("p[data-s] > a:first-child");
    if (!link || !this.player || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const line = link.parentElement;
    history.replaceState(null, "", `#${line.id}`);
    this.#stop = line;
    this.#mark(line);
    this.player.playFrom(this.startOf(line));
  }

  #follow() {
    const line = this.lineAt(this.player.time);
    if (line === this.#running) return;
    // Who has scrolled away from the line that was heard wants to read something else.
    const reading = this.#running !== null && inSight(this.#running);
    this.#mark(line);
    if (!line) return;
    if (this.player.playing) this.#stop = line;
    if (this.player.playing && this.player.follows && reading && !inSight(line, 0.2)) {
      line.scrollIntoView({ block: "center", behavior: motionTo(line) });
    }
  }

  #mark(line) {
    if (this.#running === line) return;
    this.#running?.classList.remove("cb-running");
    this.#running?.removeAttribute("aria-current");
    this.#running = line;
    line?.classList.add("cb-running");
    line?.setAttribute("aria-current", "true");
    this.element.dispatchEvent(new CustomEvent("running", { detail: line }));
  }

  /** One button wanders to the line that is pointed at or focused. */
  #offerCopies() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cb-copy";
    button.title = this.element.dataset.copy;
    button.setAttribute("aria-label", this.element.dataset.copy);
    button.lang = language;
    button.innerHTML = ICON;
    const offer = (event) => {
      const mark = event.target.closest(".cb-cite");
      if (mark && !mark.title) mark.title = wordsOf(document.getElementById(mark.hash.slice(1)));
      const line = event.target.closest("p[data-s]");
      if (line && button.parentElement !== line) {
        delete button.dataset.done;
        line.querySelector("a").after(button);
      }
    };
    this.element.addEventListener("pointerover", offer);
    this.element.addEventListener("focusin", offer);
    button.addEventListener("click", async () => {
      const line = button.parentElement;
      if (await copyText(addressOf(line.id))) {
        button.dataset.done = this.element.dataset.copied;
        setTimeout(() => delete button.dataset.done, 1600);
      }
    });
  }
}

/** What a thing that leans on a line says: a claim, a need, an event of the journey. */
function wordsOf(thing) {
  const words = thing?.querySelector(".cb-claim, b, td, th, h2") ?? thing;
  const said = words?.firstChild?.textContent.trim() ?? "";
  const fallen = thing?.matches(".cb-insight-fallen") ? thing.querySelector(".cb-badge").textContent.trim() : "";
  return fallen ? `[${fallen}] ${said}` : said;
}

/** True when the element is on screen, between the header and the player; `margin` is a share of the screen's height. */
function inSight(element, margin = 0) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > innerHeight * margin && top < innerHeight * (1 - margin);
}

/** A short way is shown; a long one would only make the reader wait. */
function motionTo(element) {
  const near = Math.abs(element.getBoundingClientRect().top - innerHeight / 2) < innerHeight * 1.5;
  return near && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "instant";
}
