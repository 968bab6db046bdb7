// The choices beside the results: a fold for each facet, those of pages first, then those of lines.

import { text, textForCount } from "../texts.js";
import { element } from "./element.js";
import { LINE_FACETS } from "./facets.js";

const VALUES_AT_FIRST = 6;
const OPEN_AT_FIRST = new Set(["type", "product", "kind", "side"]);
const whole = new Set();
const folds = new Map();

/** What a facet is called. */
export function facetName(facet) {
  const names = {
    type: text("Type"),
    segment: text("Segment"),
    industry: text("Industry"),
    product: text("Product"),
    competitor: text("Competitor"),
    year: text("Year"),
    language: text("Language"),
    kind: text("Kind of text"),
    side: text("Who speaks"),
    topic: text("Topic"),
    phase: text("Phase of the journey"),
    department: text("Department"),
  };
  return names[facet] ?? facet;
}

/** Draw the facets into `holder`; `choose(facet, value, chosen)` is called when the reader picks. The focus stays where it was. */
export function drawFacets(holder, facets, choose) {
  const focused = holder.contains(document.activeElement) ? document.activeElement.id : "";
  const ofLines = facets.filter(({ facet }) => LINE_FACETS.includes(facet));
  const ofPages = facets.filter((each) => !ofLines.includes(each));
  holder.replaceChildren(...block(text("Cases"), ofPages, choose), ...block(text("Lines in them"), ofLines, choose));
  if (focused) document.getElementById(focused)?.focus();
}

function block(title, facets, choose) {
  if (facets.length === 0) return [];
  return [
    element(
      "section",
      { class: "cb-facet-block", "aria-label": title },
      element("h2", { class: "cb-facet-title" }, title),
      ...facets.map((facet) => group(facet, choose)),
    ),
  ];
}

function group({ facet, values }, choose) {
  const shown = values.filter((value, place) => whole.has(facet) || place < VALUES_AT_FIRST || value.chosen);
  const hidden = values.length - shown.length;
  const picked = values.filter(({ chosen }) => chosen).length;
  const list = element("ul", {}, ...shown.map((value) => option(facet, value, choose)));
  const made = element(
    "details",
    { class: "cb-facet", open: folds.get(facet) ?? (OPEN_AT_FIRST.has(facet) || picked > 0) },
    element(
      "summary",
      { id: `cb-facet-${facet}` },
      facetName(facet),
      picked > 0 ? element("span", { class: "cb-facet-picked" }, String(picked)) : null,
    ),
    element("div", { role: "group", "aria-label": facetName(facet) }, list),
  );
  made.addEventListener("toggle", () => folds.set(facet, made.open));
  if (hidden > 0) made.append(showAll(facet, values, list, choose, hidden));
  return made;
}

function showAll(facet, values, list, choose, hidden) {
  const label = textForCount("{count} more", "{count} more", hidden);
  const button = element("button", { type: "button", class: "cb-facet-more" }, label);
  button.addEventListener("click", () => {
    whole.add(facet);
    list.replaceChildren(...values.map((value) => option(facet, value, choose)));
    list.querySelectorAll("input")[VALUES_AT_FIRST]?.focus();
    button.remove();
  });
  return button;
}

function option(facet, { value, count, chosen }, choose) {
  const id = `cb-facet-${facet}-${value}`;
  const box = element("input", { type: "checkbox", id, name: facet, value, checked: chosen });
  box.addEventListener("change", () => choose(facet, value, box.checked));
  return element(
    "li",
    {},
    element("label", { for: id }, box, element("span", { class: "cb-facet-value" }, value), element("span", { class: "cb-facet-count" }, String(count))),
  );
}
