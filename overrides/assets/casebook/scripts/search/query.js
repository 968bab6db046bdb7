// What was typed -> what to look for.

import { askedTokens, bareLetters } from "./letters.js";

const LONGEST_QUERY = 120;
const PIECE = /(?<excluded>-?)"(?<phrase>[^"]*)"?|(?<word>\S+)/g;
const QUOTES = /[“”„‟″「」『』]/g;
const KATAKANA_RUNS = /[ァ-ヺー]+/g;
const LONG_VOWEL_AFTER = 3;
const SHORTEST_STEM = 4;
const TELLING = /\p{Script=Han}|[ァ-ヺ]{2}|[A-Za-z]{3}/u;
const ONE_SCRIPT = /\p{Script=Han}+|[ァ-ヺー]+|[A-Za-z0-9]+/gu;

/**
 * A query: `required` and `excluded` terms. Each term has `said` (as typed), and `alternatives`, the first of which is
 * what was typed and the others ways of writing the same. `shortened` tells that a very long query lost its end.
 */
export function parse(typed) {
  const tidy = typed.normalize("NFKC").replace(QUOTES, '"').replace(/\s+/g, " ").trim();
  const kept = Array.from(tidy).slice(0, LONGEST_QUERY).join("");
  const query = { required: [], excluded: [], shortened: kept !== tidy, text: kept };
  for (const { groups } of kept.matchAll(PIECE)) {
    const exact = groups.phrase !== undefined;
    const excluded = exact ? groups.excluded === "-" : /^-./.test(groups.word);
    const said = exact ? groups.phrase : groups.word.slice(excluded ? 1 : 0);
    if (bareLetters(said)) query[excluded ? "excluded" : "required"].push(term(said, exact));
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
  return Array.from(said, (word) => term(word, false));
}

/** The whole of what was typed as one phrase, when it has several words. */
export function asPhrase(query) {
  return query.required.length > 1 ? term(query.required.map((required) => required.said).join(" "), false) : null;
}

function term(said, exact) {
  if (exact) return { said, exact, alternatives: [alternative(said, { wholeWords: true })] };
  const ways = [...new Set([said, ...longVowelVariants(said)])].map((way) => alternative(way));
  if (/^[a-z]+$/i.test(said)) {
    ways.unshift(alternative(said, { wholeWords: true }));
    const stem = said.toLowerCase().replace(/(?:ies|es|s|ed|ing)$/, "");
    if (stem.length >= SHORTEST_STEM && stem !== said.toLowerCase()) ways.push(alternative(stem));
  }
  return { said, exact, alternatives: ways };
}

function alternative(way, options) {
  return { ...askedTokens(way, options), letters: bareLetters(way), wholeWords: options?.wholeWords ?? false };
}

/** サーバー and サーバ: the mark at the end of a long katakana word comes and goes. */
function longVowelVariants(said) {
  const without = said.replace(KATAKANA_RUNS, (run) => {
    const bare = run.replace(/ー+$/, "");
    return bare.length >= LONG_VOWEL_AFTER ? bare : run;
  });
  // At the end of the term the bare form finds both; inside it both have to be asked.
  const inside = said.replace(KATAKANA_RUNS, (run, offset) => {
    const ends = offset + run.length === said.length;
    return ends || run.endsWith("ー") || run.length < LONG_VOWEL_AFTER ? run : `${run}ー`;
  });
  return [without, inside];
}

/** Words by the browser's dictionary: good enough for a guess, and only a guess is wanted here. */
function wordsOf(said) {
  if (typeof Intl.Segmenter !== "function") return said.match(ONE_SCRIPT) ?? [];
  return Array.from(new Intl.Segmenter("ja", { granularity: "word" }).segment(said), ({ segment }) => segment);
}
