// Where the words of a query stand in a text.

import { bareLetters, lettersOf } from "./letters.js";

const LATIN = /[a-z]/;

/** How many of the terms stand in the text. */
export function termsIn(given, terms) {
  const letters = bareLetters(given);
  let found = 0;
  for (const { alternatives } of terms) {
    const ways = alternatives.filter((way) => letters.includes(way.letters));
    if (ways.some(countsAnywhere) || (ways.length > 0 && placesOf(given, ways).length > 0)) found += 1;
  }
  return found;
}

/** Whether it counts wherever its letters stand: the rule for words in a-z does not touch it. */
function countsAnywhere({ letters, wholeWords }) {
  return !LATIN.test(letters[0]) && !(wholeWords && LATIN.test(letters.at(-1)));
}

/** Stretches of the text, [start, end) and in order, where one of the terms stands. */
export function marksIn(given, terms) {
  const letters = bareLetters(given);
  const ways = terms.flatMap(({ alternatives }) => alternatives).filter((way) => letters.includes(way.letters));
  return ways.length > 0 ? joined(placesOf(given, ways)) : [];
}

/** The text in pieces: `{ text, marked }`. */
export function pieces(given, marks) {
  const cut = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start > at) cut.push({ text: given.slice(at, start), marked: false });
    cut.push({ text: given.slice(start, end), marked: true });
    at = end;
  }
  if (at < given.length) cut.push({ text: given.slice(at), marked: false });
  return cut;
}

function placesOf(given, ways) {
  const { letters, starts, ends } = lettersOf(given);
  const places = [];
  for (const way of ways) {
    let at = letters.indexOf(way.letters);
    while (at !== -1) {
      const last = at + way.letters.length - 1;
      if (!insideAWord(letters, starts, ends, at, last, way.wholeWords)) places.push([starts[at], ends[last]]);
      at = letters.indexOf(way.letters, at + 1);
    }
  }
  return places;
}

/** Words in a-z are found from their beginning: `rate` is not in `separate`. */
function insideAWord(letters, starts, ends, first, last, wholeWords) {
  const goesOn = (left) =>
    left >= 0 && LATIN.test(letters[left]) && LATIN.test(letters[left + 1] ?? "") && ends[left] === starts[left + 1];
  return goesOn(first - 1) || (wholeWords && goesOn(last));
}

function joined(places) {
  const inOrder = places.toSorted((one, other) => one[0] - other[0] || one[1] - other[1]);
  const merged = [];
  for (const [start, end] of inOrder) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
