// What is asked, in the page's address: ?q=手袋&type=失注&year=2025&sort=date&words=typed

import { FACETS } from "./facets.js";

const ONLY_TYPED = "typed";

/** What the address asks for. `widen` is false when only the words that were typed are wanted, without synonyms. */
export function read(address = location.href) {
  const asked = new URL(address).searchParams;
  return {
    typed: asked.get("q") ?? "",
    chosen: new Map(FACETS.map((facet) => [facet, new Set(asked.getAll(facet))])),
    sort: asked.get("sort") === "date" ? "date" : "relevance",
    widen: asked.get("words") !== ONLY_TYPED,
  };
}

const LONGEST = 200;

/** The address that asks for it, relative to the search page. */
export function write({ typed, chosen, sort, widen }) {
  const asked = new URLSearchParams();
  if (typed.trim()) asked.set("q", Array.from(typed).slice(0, LONGEST).join(""));
  for (const [facet, values] of chosen) for (const value of values) asked.append(facet, value);
  if (sort === "date") asked.set("sort", "date");
  if (!widen) asked.set("words", ONLY_TYPED);
  return asked.size > 0 ? `?${asked}` : location.pathname;
}
