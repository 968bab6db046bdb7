// Nothing found: why, and what to do next.

import { text, textForCount } from "../texts.js";
import { write } from "./address.js";
import { element } from "./element.js";
import { nearWords } from "./near-words.js";
import { parse } from "./query.js";

/** What to show in place of results. */
export async function emptyPage({ index, query, unreadable, asking, all }, { clearChoices }) {
  if (unreadable) return [element("p", {}, text("There is no letter or figure in this query. Write a word that a customer may have said."))];
  if (all.length > 0) return [element("p", {}, text("Nothing fits all the filters.")), withoutChoices(all.length, clearChoices)];
  if (!asking) return [element("p", {}, text("There is no page to search yet."))];
  return [
    element("p", {}, text("No page holds “{query}”.", { query: query.text })),
    ...(await nearest(index, query)),
    ...(query.required.length > 1 ? [await eachWord(index, query)] : []),
    element(
      "ul",
      { class: "cb-search-hints" },
      element("li", {}, text("Try fewer or shorter words: a part of a word is enough.")),
      element("li", {}, text("Try the customer's own words instead of the company's.")),
    ),
  ];
}

/** "Did you mean": the query with words that exist in place of those that stand nowhere; nothing when none is near. */
export async function nearest(index, query) {
  const missing = [];
  for (const required of query.required) if (!(await stands(index, required))) missing.push(required);
  if (missing.length === 0) return [];
  const vocabularies = await index.words().catch(() => []); // without it there is still the advice below
  const links = missing.flatMap((required) =>
    nearWords(required.said, vocabularies).map((word) => {
      const typed = query.required.map((other) => (other === required ? word : other.said)).join(" ");
      return element("li", {}, element("a", { href: addressOf(typed) }, typed));
    }),
  );
  if (links.length === 0) return [];
  return [element("div", { class: "cb-near" }, element("p", {}, text("Words near it that do exist:")), element("ul", { class: "cb-near-words" }, ...links))];
}

async function stands(index, { said, exact }) {
  const found = await index.find(parse(exact ? `"${said}"` : said));
  return (found?.size ?? 0) > 0;
}

function withoutChoices(count, clearChoices) {
  const label = textForCount("Show {count} without filters", "Show all {count} without filters", count);
  return element("p", {}, element("button", { type: "button", class: "cb-button", onclick: clearChoices }, label));
}

async function eachWord(index, query) {
  const words = await Promise.all(
    query.required.map(async ({ said, exact }) => {
      const typed = exact ? `"${said}"` : said;
      const count = (await index.find(parse(typed)))?.size ?? 0;
      return element(
        "li",
        {},
        count > 0 ? element("a", { href: addressOf(typed) }, typed) : typed,
        " ",
        element("span", { class: "cb-quiet" }, textForCount("{count} found", "{count} found", count)),
      );
    }),
  );
  return element("div", {}, element("p", {}, text("Each word on its own:")), element("ul", {}, ...words));
}

function addressOf(typed) {
  return write({ typed, chosen: new Map(), sort: "relevance", widen: true });
}
