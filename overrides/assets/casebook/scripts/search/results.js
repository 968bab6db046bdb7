// A record as a result: its title, and the lines that answer.

import { inSite } from "../root.js";
import { language, text, textForCount } from "../texts.js";
import { clock, element } from "./element.js";
import { choosesLines, lineFits } from "./facets.js";
import { answering, excerpt } from "./lines.js";
import { playButton } from "./play.js";
import { retyped } from "./query.js";

const LINES_AT_FIRST = 3;

/**
 * The result for a record: `query` is what was asked (without terms: a list of pages), `chosen` narrows its lines, and
 * `facets` are the values of the whole page.
 */
export function resultOf(record, { query, chosen, facets }) {
  const terms = query.required;
  const lines = terms.length > 0 || choosesLines(chosen) ? answering(record, terms, lineFits(chosen)) : [];
  const more = lines.length - LINES_AT_FIRST;
  const list = element("ul", { class: "cb-hit-lines" }, ...lines.slice(0, LINES_AT_FIRST).map((line) => hit(record, line, query)));
  return element(
    "li",
    { class: "cb-hits" },
    element("p", { class: "cb-hits-facts" }, ...facts(record, facets)),
    element(
      "h2",
      { class: "cb-hits-title", ...marked(record, record.kind) },
      element("a", { href: addressOf(record, "", query), ...spoken(record), ...carried(record, record.kind) }, ...pieces(record.title, terms)),
    ),
    record.description && lines.length === 0
      ? element("p", { class: "cb-hits-description", ...spoken(record) }, ...pieces(record.description, terms))
      : null,
    lines.length > 0 ? list : null,
    more > 0 ? showMore(list, lines.slice(LINES_AT_FIRST), record, query) : null,
  );
}

/** One line of a record. */
function hit(record, line, query) {
  const audible = line.start !== null && record.audio;
  const from = [
    isPlain(record, line) ? null : element("span", { class: "cb-hit-kind" }, kindName(line.kind)),
    line.voice ? element("span", {}, line.voice) : null,
    audible ? playButton(record.audio, line.start, line.end) : null,
    !audible && line.start !== null ? element("time", {}, clock(line.start)) : null,
  ].filter(Boolean);
  return element(
    "li",
    { class: `cb-hit cb-hit-${line.kind}`, ...marked(record, line.kind) },
    element(
      "a",
      { class: "cb-hit-words", href: addressOf(record, line.anchor, query), ...spoken(record), ...carried(record, line.kind) },
      ...pieces(line.text, query.required),
    ),
    from.length > 0 ? element("p", { class: "cb-hit-from" }, ...from) : null,
  );
}

/** Whether it goes without saying what the line is: words that were said, and what a page about cases says itself. */
function isPlain(record, line) {
  return line.kind === "cue" || (line.kind === "fact" && !record.case);
}

/** Where a line stands, with the words to be marked there. */
export function addressOf(record, anchor, query) {
  const address = inSite(record.address);
  if (query.required.length > 0) address.searchParams.set("highlight", retyped(query));
  if (anchor) address.hash = anchor;
  return address.href;
}

/** The text with the words of the query marked. */
export function pieces(given, terms) {
  return excerpt(given, terms).map((piece) => (piece.marked ? element("mark", {}, piece.text) : piece.text));
}

/** What a kind of line is called. */
export function kindName(kind) {
  const names = {
    cue: text("Said"),
    note: text("Review note"),
    insight: text("Insight"),
    need: text("Need"),
    offer: text("Offer"),
    journey: text("Journey"),
    action: text("Action"),
    fact: text("About the case"),
    term: text("Word explained"),
  };
  return names[kind] ?? kind;
}

function showMore(list, lines, record, query) {
  const label = textForCount("{count} more place on this page", "{count} more places on this page", lines.length);
  const button = element("button", { type: "button", class: "cb-hits-more" }, label);
  button.addEventListener("click", () => {
    const added = lines.map((line) => hit(record, line, query));
    list.append(...added);
    button.remove();
    added[0].querySelector("a").focus();
  });
  return button;
}

function facts(record, facets) {
  const { type = [], industry = [], product = [] } = facets;
  return [
    ...type.map((value) => element("span", { class: "cb-hits-type" }, value)),
    ...[...industry, ...product].map((value) => element("span", {}, value)),
    record.date ? element("time", { datetime: record.date }, day(record.date)) : null,
  ].filter(Boolean);
}

/** As the pages write it: 2025年7月18日, or 18 Jul 2025. */
function day(date) {
  const moment = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(moment.valueOf())) return date;
  if (language === "ja") return moment.toLocaleDateString("ja", { dateStyle: "long", timeZone: "UTC" });
  const part = (options) => moment.toLocaleDateString("en", { ...options, timeZone: "UTC" });
  return `${part({ day: "numeric" })} ${part({ month: "short" })} ${part({ year: "numeric" })}`;
}

/** The language of a page's words where it is not the reader's: their face and their voice. */
function spoken(record) {
  return record.language === language ? {} : { lang: record.language };
}

function carried(record, kind) {
  return { "data-case": record.case, "data-kind": kind };
}

function marked(record, kind) {
  return { "data-search-result": true, ...carried(record, kind) };
}
