// The choices beside the results.

import { text, textForCount } from "../texts.js";
import { element } from "./element.js";

const VALUES_AT_FIRST = 6;
const unfolded = new Set();

/** What a facet is called. */
export function facetName(facet) {
  const names = {
    type: text("Type"),
    industry: text("Industry"),
    product: text("Product"),
    competitor: text("Competitor"),
    department: text("Department"),
    year: text("Year"),
  };
  return names[facet] ?? facet;
}

/** Draw the facets into `holder`; `choose(facet, value, chosen)` is called when the reader picks. The focus stays where it was. */
export function drawFacets(holder, facets, choose) {
  const focused = holder.contains(document.activeElement) ? document.activeElement.id : "";
  holder.replaceChildren(...facets.map((facet) => group(facet, choose)));
  if (focused) document.getElementById(focused)?.focus();
}

function group({ facet, values }, choose) {
  const whole = unfolded.has(facet);
  const shown = values.filter((value, place) => whole || place < VALUES_AT_FIRST || value.chosen);
  const hidden = values.length - shown.length;
  const list = element("ul", {}, ...shown.map((value) => option(facet, value, choose)));
  const group = element("fieldset", { class: "cb-facet" }, element("legend", {}, facetName(facet)), list);
  if (hidden > 0) {
    const label = textForCount("{count} more", "{count} more", hidden);
    const button = element("button", { type: "button", class: "cb-facet-more" }, label);
    button.addEventListener("click", () => {
      unfolded.add(facet);
      list.replaceChildren(...values.map((value) => option(facet, value, choose)));
      button.remove();
    });
    group.append(button);
  }
  return group;
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
