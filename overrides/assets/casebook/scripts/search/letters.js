// Text -> the tokens it is asked by. The same rule as generator/search/letters.py, where the reasons stand.

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
const ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]/g;
const KATAKANA = /[\u30a1-\u30f6\u30fd\u30fe]/g;
const INSIDE_FIGURES = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))|(?<=[a-z])-(?=[0-9])/g;
const RUNS = /([a-z]+)|((?:(?![a-z])[\p{L}\p{N}])+)/gu;
const LETTER = /[\p{L}\p{N}]/u;
const LETTER_AFTER_WORD = /[a-z][\p{L}\p{N}][^\p{L}\p{N}]*$/u;

/** `given` with what a searcher does not tell apart made the same: width, case, accents, katakana and hiragana. */
export function fold(given) {
  return given
    .replace(INVISIBLE, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(ACCENTED, (letter) => letter.normalize("NFD")[0])
    .replace(INSIDE_FIGURES, "")
    .replace(KATAKANA, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}

/** Tokens of `given` as the index has them. */
export function tokens(given) {
  const found = [];
  let wordEndedAt = -1;
  for (const run of fold(given).matchAll(RUNS)) {
    if (run[1]) {
      found.push(`${run[1]}0`);
      wordEndedAt = run.index + run[1].length;
      continue;
    }
    const letters = Array.from(run[2], hexadecimal);
    if (run.index === wordEndedAt && letters.length > 1) found.push(`0${letters[0]}z`);
    for (let place = 1; place < letters.length; place += 1) found.push(`0${letters[place - 1]}${letters[place]}`);
    found.push(`0${letters.at(-1)}z`);
  }
  return found;
}

/**
 * What to ask the index for text that begins and ends anywhere: `closed` tokens stand in a row, and `open` (when there is
 * one) is the beginning of the token after them, because the text may go on where the query stops.
 */
export function askedTokens(given, { wholeWords = false } = {}) {
  const closed = tokens(given);
  if (closed.length === 0) return { closed, open: "" };
  const last = closed.pop();
  if (isWord(last)) return wholeWords ? { closed: [...closed, last], open: "" } : { closed, open: last.slice(0, -1) };
  const before = closed.at(-1);
  const endsALongerRun = before !== undefined && !isWord(before) && !before.endsWith("z");
  if (endsALongerRun) return { closed, open: "" };
  return LETTER_AFTER_WORD.test(fold(given)) ? { closed: [...closed, last], open: "" } : { closed, open: last.slice(0, -1) };
}

/** The letters of a text without anything between them, each with its place in the text. */
export function lettersOf(given) {
  let letters = "";
  const starts = [];
  const ends = [];
  for (const { segment, index } of clusters(given)) {
    for (const letter of fold(segment)) {
      if (!LETTER.test(letter)) continue;
      for (let unit = 0; unit < letter.length; unit += 1) {
        starts.push(index);
        ends.push(index + segment.length);
      }
      letters += letter;
    }
  }
  return { letters, starts, ends };
}

/** Only the letters of a text: what `lettersOf` gives, faster. */
export function bareLetters(given) {
  return Array.from(fold(given).matchAll(RUNS), (run) => run[0]).join("");
}

function* clusters(given) {
  if (typeof Intl.Segmenter === "function") {
    yield* new Intl.Segmenter("ja", { granularity: "grapheme" }).segment(given);
    return;
  }
  let index = 0;
  for (const segment of given) {
    yield { segment, index };
    index += segment.length;
  }
}

function isWord(token) {
  return token[0] !== "0";
}

function hexadecimal(letter) {
  let written = "";
  for (let unit = 0; unit < letter.length; unit += 1) written += letter.charCodeAt(unit).toString(16).padStart(4, "0");
  return written;
}
