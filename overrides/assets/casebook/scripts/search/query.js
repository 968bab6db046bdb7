// What was typed -> what to look for.

import { askedTokens, bareLetters, spelling } from "./letters.js";
import { widened } from "./synonyms.js";
import { stemOf, waysOfWriting } from "./variants.js";

const LONGEST_QUERY = 120;
const MOST_TERMS = 12;
const PIECE = /(?<excluded>-?)"(?<phrase>[^"]*)"?|(?<word>\S+)/g;
const QUOTES = /[“”„‟″「」『』]/g;
// Minus signs of other keyboards; ー is what stands on a Japanese one, and no word begins with it.
const MINUS = /(?<=^|\s)[\u2010\u2012-\u2015\u2212](?=\S)|(?<=\s)ー(?=\S)/g;
const TELLING = /\p{Script=Han}|[ァ-ヺ]{2}|[A-Za-z]{3}/u;
const ONE_SCRIPT = /\p{Script=Han}+|[ァ-ヺー]+|[A-Za-z0-9]+/gu;
const WORD = /^[a-z]+$/i;

/**
 * A query: `required` and `excluded` terms, `text` as it is searched. Each term has `said` (as typed), `exact`, `widened`
 * (words of the knowledge base's `synonyms` that are looked for besides) and `alternatives`, the first of which is what
 * was typed and the others ways of writing the same. `row` has what is required as it was typed, one behind the other, with
 * words that come twice. `shortened` tells that a very long query lost its end.
 */
export function parse(typed, { synonyms = [] } = {}) {
  const tidy = typed.normalize("NFKC").replace(QUOTES, '"').replace(MINUS, "-").replace(/\s+/g, " ").trim();
  const kept = Array.from(tidy).slice(0, LONGEST_QUERY).join("");
  const query = { required: [], excluded: [], row: [], shortened: kept !== tidy, text: kept };
  const known = new Set();
  for (const { 0: piece, groups } of kept.matchAll(PIECE)) {
    const exact = groups.phrase !== undefined;
    const excluded = exact ? groups.excluded === "-" : /^-./.test(groups.word);
    const said = exact ? groups.phrase : groups.word.slice(excluded ? 1 : 0);
    if (!bareLetters(said)) continue;
    if (!excluded) query.row.push(said);
    if (known.has(piece)) continue;
    if (known.size === MOST_TERMS) return { ...query, shortened: true };
    known.add(piece);
    query[excluded ? "excluded" : "required"].push(term(said, exact, synonyms));
  }
  return query;
}

/**
 * What to ask for when nothing holds `query` as it was typed: its words with kanji, katakana or a-z, each a term. Empty
 * for who asked for exact words.
 */
export function loosened(query) {
  if (query.required.some(({ exact }) => exact)) return [];
  const said = new Set(query.required.flatMap((required) => wordsOf(required.said).filter((word) => TELLING.test(word))));
  return Array.from(said, (word) => term(word, false, []));
}

/** The whole of what was typed as one phrase, when it has several words. */
export function asPhrase(query) {
  return query.row.length > 1 ? term(query.row.join(" "), false, []) : null;
}

/** What has to be typed to look for the same once more, the synonyms that were found with it included. */
export function retyped(query) {
  const words = query.required.flatMap(({ said, exact, widened: others }) => [exact ? `"${said}"` : said, ...others]);
  return words.join(" ");
}

function term(said, exact, synonyms) {
  if (exact) return { said, exact, widened: [], alternatives: [alternative(said, { wholeWords: true })] };
  const others = widened(said, synonyms);
  return {
    said,
    exact,
    widened: [...new Set(others.map(({ word }) => word))],
    alternatives: [...waysTo(said), ...others.flatMap(({ way }) => (WORD.test(way) ? waysTo(way) : [alternative(way)]))],
  };
}

function waysTo(said) {
  const ways = waysOfWriting(said).map((way) => alternative(way));
  const spelled = spelling(said);
  // What stands in the very spelling comes first; the other ways find it too.
  if (spelled) ways.unshift({ closed: [spelled], open: "", letters: bareLetters(said), wholeWords: false });
  if (!WORD.test(said)) return ways;
  const stem = stemOf(said);
  // A single letter of the alphabet begins thousands of words.
  const begun = said.length > 1 ? ways : ways.slice(0, spelled ? 1 : 0);
  return [...begun.splice(0, spelled ? 1 : 0), alternative(said, { wholeWords: true }), ...begun, ...(stem ? [alternative(stem)] : [])];
}

function alternative(way, options) {
  return { ...askedTokens(way, options), letters: bareLetters(way), wholeWords: options?.wholeWords ?? false };
}

/** Words by the browser's dictionary: good enough for a guess, and only a guess is wanted here. */
function wordsOf(said) {
  if (typeof Intl.Segmenter !== "function") return said.match(ONE_SCRIPT) ?? [];
  return Array.from(new Intl.Segmenter("ja", { granularity: "word" }).segment(said), ({ segment }) => segment);
}
