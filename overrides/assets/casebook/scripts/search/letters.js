// Text -> the tokens it is asked by. The same rule as generator/search/letters.py, where the reasons stand.

import { TODAYS_FORMS } from "./old-kanji.js";

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
const ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]/g;
const KATAKANA = /[\u30a1-\u30f6\u30fd\u30fe]/g;
const SMALL = new Map(Array.from("ぁぃぅぇぉゕゖ", (letter, place) => [letter, "あいうえおかけ"[place]]));
const CHANGING = new RegExp(`[${[...SMALL.keys(), ...TODAYS_FORMS.keys()].join("")}]`, "gu");
const VOICED_U = /ゔ[あいうえおゅ]?/g;
const WITHOUT_VOICED_U = { ゔ: "ぶ", ゔあ: "ば", ゔい: "び", ゔう: "ぶ", ゔえ: "べ", ゔお: "ぼ", ゔゅ: "びゅ" };
const REPEATED = /([ぁ-ん])([ゝゞ])/g;
const VOICED = "\u3099";
// A letter that changes the one before it: a small vowel after ヴ, and marks that repeat.
const LEANING = /^[ァィゥェォュぁぃぅぇぉゅｧｨｩｪｫｭアイウエオあいうえおｱｲｳｴｵ]/;
const LEANED_ON = /(?:[ヴゔ]|ｳﾞ|[ウう]\u3099)$/;
const SPELLED = /^(?:[\u30a1-\u30fa\u30fc]{2,4}|[a-z]*[A-Z][A-Za-z]*)$/;
const REPEATING = /^[ゝゞヽヾ]/;
const INSIDE_FIGURES = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))|(?<=[a-z])-(?=[0-9])/g;
const STRAY_SPACES = /(?<=[\u3005\u3041-\u30ff\u3400-\u9fff]) +(?=[\u3005\u3041-\u30ff\u3400-\u9fff])/g;
const RUNS = /([a-z]+)|((?:(?![a-z])[\p{L}\p{N}])+)/gu;
// What the digits of kana begin with, and of nothing else that is a letter but 々.
const KANA = "30";
const LETTER = /[\p{L}\p{N}]/u;
const LETTER_AFTER_WORD = /[a-z][\p{L}\p{N}][^\p{L}\p{N}]*$/u;

/** `given` with what a searcher does not tell apart made the same: width, case, accents, kana, older kanji. */
export function fold(given) {
  return given
    .replace(INVISIBLE, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(ACCENTED, (letter) => letter.normalize("NFD")[0])
    .replace(INSIDE_FIGURES, "")
    .replace(STRAY_SPACES, "")
    .replace(KATAKANA, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
    .replace(CHANGING, (letter) => SMALL.get(letter) ?? TODAYS_FORMS.get(letter))
    .replace(VOICED_U, (letters) => WITHOUT_VOICED_U[letters])
    .replace(REPEATED, twice);
}

function twice(_, letter, mark) {
  const voiced = (letter + VOICED).normalize("NFC");
  return letter + (mark === "ゞ" && voiced.length === 1 ? voiced : letter);
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
    for (let place = 1; place < letters.length; place += 1) found.push(pair(letters[place - 2], letters[place - 1], letters[place]));
    found.push(`0${letters.at(-1)}z`);
  }
  return found;
}

/** The token of two letters: behind two kana the letter before them, if there is one. */
function pair(before = "", first, second) {
  return first.startsWith(KANA) && second.startsWith(KANA) ? `0${first}${second}${before}` : `0${first}${second}`;
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

/** The token of a word that is short katakana or has a capital, in the very spelling; "" for any other. */
export function spelling(word) {
  return SPELLED.test(word) ? `1${Array.from(word, hexadecimal).join("")}` : "";
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

/** Stretches of the text that become letters on their own: what a reader sees as one letter, and what leans on it. */
function* clusters(given) {
  let held = null;
  for (const { segment, index } of graphemes(given)) {
    if (held && (REPEATING.test(segment) || (LEANING.test(segment) && LEANED_ON.test(held.segment)))) {
      held = { segment: held.segment + segment, index: held.index };
      continue;
    }
    if (held) yield held;
    held = { segment, index };
  }
  if (held) yield held;
}

function* graphemes(given) {
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
