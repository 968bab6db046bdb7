// Words that exist, near a word that stands nowhere.

import { bareLetters } from "./letters.js";

const MOST = 6;
// Letters that may differ in a word of so many letters: ビル is no slip of ビール, バッテリ is one of バッテイリ.
const SLIPS = [0, 0, 0, 1, 1, 2, 2, 2];
const MOST_SLIPS = 3;
const SMALL = new Map(Array.from("ゃゅょっゎ", (letter, place) => [letter, "やゆよつわ"[place]]));

/** The words of `vocabularies` (words with a space between them) nearest to `said`, the nearest first. */
export function nearWords(said, vocabularies) {
  const wanted = sound(said);
  const most = SLIPS[wanted.length] ?? MOST_SLIPS;
  if (most === 0) return [];
  const found = [];
  const seen = new Set();
  for (const vocabulary of vocabularies) {
    for (const word of vocabulary.split(" ")) {
      if (seen.has(word) || Math.abs(word.length - said.length) > most + 2) continue;
      seen.add(word);
      const slips = distance(wanted, sound(word), most);
      if (slips <= most) found.push({ word, slips });
    }
  }
  const sameStart = ({ word }) => (sound(word)[0] === wanted[0] ? 0 : 1);
  found.sort((one, other) => one.slips - other.slips || sameStart(one) - sameStart(other) || (one.word < other.word ? -1 : 1));
  return found.slice(0, MOST).map(({ word }) => word);
}

/** How a word sounds, roughly: long vowels and small kana are misheard and mistyped most. */
function sound(word) {
  return Array.from(bareLetters(word).replaceAll("ー", ""), (letter) => SMALL.get(letter) ?? letter).join("");
}

/** Letters to change, add, leave out or swap with their neighbour; more than `most` when they are more. */
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, above] = [[], Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let row = 1; row <= one.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      here[column] = Math.min(above[column] + 1, here[column - 1] + 1, above[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) here[column] = Math.min(here[column], before[column - 2] + 1);
    }
    if (Math.min(...here) > most) return most + 1;
    [before, above] = [above, here];
  }
  return above.at(-1);
}
