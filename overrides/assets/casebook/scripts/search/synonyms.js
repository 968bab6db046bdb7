// The knowledge base's own synonyms: who types one word of a group also finds what was said in another.

import { bareLetters } from "./letters.js";

const SAME_SCRIPT = [/\p{Script=Katakana}|ー/u, /\p{Script=Latin}|[0-9]/u];

/**
 * `{ way, words }` for each synonym that `said` can be rewritten with: `way` is `said` with the other word in its place,
 * `word` that other word. `groups` are lists of words that mean the same.
 */
export function widened(said, groups) {
  const found = new Map();
  const whole = bareLetters(said);
  for (const words of groups) {
    const typed = words.find((word) => bareLetters(word) === whole) ?? longest(words.filter((word) => standsIn(word, said)));
    if (typed === undefined) continue;
    for (const word of words) {
      const isWhole = bareLetters(typed) === whole;
      const way = isWhole ? word : said.toLowerCase().replace(typed.toLowerCase(), word);
      if (bareLetters(way) !== whole && !found.has(way)) found.set(way, { way, word });
    }
  }
  return [...found.values()];
}

/** Whether the word is a part of what was said: a piece of a longer word in katakana or a-z does not count. */
function standsIn(word, said) {
  const [part, whole] = [word.toLowerCase(), said.toLowerCase()];
  const at = part.length > 1 ? whole.indexOf(part) : -1;
  if (at < 0) return false;
  return !goesOn(whole[at - 1], part[0]) && !goesOn(part.at(-1), whole[at + part.length]);
}

function goesOn(left, right) {
  return left !== undefined && right !== undefined && SAME_SCRIPT.some((script) => script.test(left) && script.test(right));
}

function longest(words) {
  return words.toSorted((one, other) => other.length - one.length)[0];
}
