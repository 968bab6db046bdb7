// The first answers below a search field, in the header and on the home page. A list that the arrows walk through; Enter without a choice goes to the
// search page, as the form does on its own.

import { text } from "../texts.js";
import { element } from "./element.js";
import { openIndex } from "./engine.js";
import { answering } from "./lines.js";
import { inOrder } from "./order.js";
import { parse } from "./query.js";
import { addressOf, kindName, pieces } from "./results.js";
import { belongsToInputMethod, whenTyped } from "./typing.js";

const MOST = 5;
const PAUSE_MS = 160;

let lists = 0;

/** Show suggestions below `field` from now on. */
export function suggest(field) {
  lists += 1;
  const id = `cb-suggestions-${lists}`;
  const list = element("ul", { class: "cb-suggestions", id, role: "listbox", hidden: true, "aria-label": text("First answers") });
  field.parentElement.classList.add("cb-suggesting");
  field.parentElement.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": id, "aria-expanded": "false", "aria-autocomplete": "list" }))
    field.setAttribute(name, value);
  let pause = 0;
  let turn = 0;
  let active = -1;

  openIndex().catch(() => {}); // without an index the form still leads to the search page, which says so

  async function update() {
    turn += 1;
    const mine = turn;
    const found = await firstAnswers(field.value, id);
    if (mine !== turn) return;
    list.replaceChildren(...found);
    mark(-1);
    show(found.length > 0 && document.activeElement === field);
  }

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  }

  function mark(place) {
    active = place;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place >= 0) field.setAttribute("aria-activedescendant", list.children[place].id);
    else field.removeAttribute("aria-activedescendant");
  }

  whenTyped(field, {
    changed: () => {
      clearTimeout(pause);
      pause = setTimeout(update, PAUSE_MS);
    },
    submitted: (event) => {
      if (active < 0) return;
      event.preventDefault();
      list.children[active].querySelector("a").click();
    },
  });
  field.addEventListener("keydown", (event) => {
    if (belongsToInputMethod(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      const places = list.children.length + 1; // one more for the field itself
      mark(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });
  field.addEventListener("focus", () => show(list.children.length > 0));
  field.form.addEventListener("focusout", (event) => {
    if (!field.form.contains(event.relatedTarget)) show(false);
  });
  if (field.value) update(); // typed while this module was on its way
}

/** Options for the best line of the first records; none when there is nothing to say. */
async function firstAnswers(typed, id) {
  try {
    const index = await openIndex();
    const { scores, query } = await index.findOrComeNear(parse(typed, { synonyms: index.synonyms }));
    const numbers = scores ? inOrder(index, scores, "relevance").slice(0, MOST) : [];
    const records = await Promise.all(numbers.map((number) => index.record(number, scores.get(number))));
    return records.map((record, place) => option(record, answering(record, query.required)[0], query, `${id}-${place}`));
  } catch {
    return [];
  }
}

function option(record, line, query, id) {
  const from = [line && line.kind !== "cue" ? kindName(line.kind) : line?.voice, record.title].filter(Boolean).join(" · ");
  return element(
    "li",
    { role: "option", id, class: "cb-suggestion", "aria-selected": "false" },
    element(
      "a",
      { href: addressOf(record, line?.anchor ?? "", query), tabindex: "-1" },
      element("span", { class: "cb-suggestion-words" }, ...pieces(line?.text ?? record.title, query.required)),
      element("span", { class: "cb-suggestion-from" }, from),
    ),
  );
}
