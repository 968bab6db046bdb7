// The lines of a record that answer a query, best first.

import { marksIn, pieces, termsIn } from "./matches.js";

const LONGEST = 150;
const BEFORE_THE_MATCH = 40;
// What was said comes first; of what was written about it, what was concluded.
const KIND_RANK = { cue: 3, insight: 2, need: 1, journey: 1, offer: 1, action: 1 };
const SAID_BEFORE_WRITTEN = 2;

/** `{ anchor, kind, text, voice, start, end, side, filters }` of every line of the record; the title is not said twice. */
function linesOf(record) {
  const starts = [...record.lines.map((line) => line[4]), ...(record.starts ?? [])].filter((start) => start !== null);
  starts.sort((one, other) => one - other);
  return record.lines.map(([anchor, kind, text, voice, start, side, filters = {}]) => {
    const end = start === null ? null : (starts.find((other) => other > start) ?? null);
    const own = anchor === "" ? partsOf(text).filter((part) => part !== record.title).join("\n") : text;
    return { anchor, kind, text: own, voice, start, end, side, filters };
  });
}

/** What the customer said outranks the question that asked for it, and what stands as typed another way of writing. */
function rankOf({ kind, side, text }, terms) {
  const typed = terms.some(({ said }) => text.includes(said));
  return (KIND_RANK[kind] ?? 0) + (typed ? 0.7 : 0) + (side === "customer" ? 0.5 : 0);
}

/**
 * The lines that `fits` lets through and in which terms stand: those with most of them first, and among them two that were
 * said, then one written. All that fit, in the order of the page, when there are no terms.
 */
export function answering(record, terms, fits = () => true) {
  const fitting = linesOf(record).filter(({ filters, text }) => text && fits(filters));
  if (terms.length === 0) return fitting;
  const lines = fitting
    .map((line, place) => ({ line, place, found: termsIn(line.text, terms), rank: rankOf(line, terms) }))
    .filter(({ found }) => found > 0)
    .sort((one, other) => other.found - one.found || other.rank - one.rank || one.place - other.place);
  const best = lines.filter(({ found }) => found === lines[0].found);
  const said = best.filter(({ line }) => line.kind === "cue").length;
  if (said > SAID_BEFORE_WRITTEN && said < best.length) lines.splice(SAID_BEFORE_WRITTEN, 0, ...lines.splice(said, 1));
  return lines.map(({ line }) => line);
}

/** The part of the text that answers best, in pieces `{ text, marked }`; shortened around its first match when long. */
export function excerpt(whole, terms) {
  const parts = partsOf(whole).map((part) => ({ part, found: termsIn(part, terms) }));
  const most = Math.max(...parts.map(({ found }) => found));
  const text = parts.find(({ found }) => found === most).part;
  const marks = marksIn(text, terms);
  if (text.length <= LONGEST) return pieces(text, marks);
  const start = whereALetterBegins(text, Math.max(0, Math.min((marks[0]?.[0] ?? 0) - BEFORE_THE_MATCH, text.length - LONGEST)));
  const end = whereALetterBegins(text, Math.min(text.length, start + LONGEST));
  const within = marks
    .filter((mark) => mark[0] < end && mark[1] > start)
    .map((mark) => [Math.max(mark[0], start) - start, Math.min(mark[1], end) - start]);
  const cut = pieces(text.slice(start, end), within);
  if (start > 0) cut.unshift({ text: "…", marked: false });
  if (end < text.length) cut.push({ text: "…", marked: false });
  return cut;
}

/** The same place, or the one before when it is inside a letter of two codes or an English word. */
function whereALetterBegins(text, place) {
  const word = text.slice(0, place).match(/[A-Za-z'’]{1,20}$/);
  if (word && /^[A-Za-z'’]/.test(text.slice(place))) return word.index;
  return /^[\udc00-\udfff]/.test(text.slice(place)) ? place - 1 : place;
}

/** What was written in several fields stands in several lines. */
function partsOf(text) {
  return text.split("\n");
}
