// Tokens in a row: where they stand to each other, and which of them have to be asked for.
//
// The same rule as generator/search/rows.py: behind the end of a run of letters a place stays empty. So two pairs of
// letters with one place between them belong to one run, and the pair between them is known without being asked for.
// Two kana that are told with the letter before them leave out one more.

import { concatenated } from "./arrays.js";
import { NOWHERE } from "./postings.js";

const LETTERS_OF_A_PAIR = 2;
const KANA = /^030..30..(?<before>.*)$/;

/** The places of tokens that stand one behind the other, the first at 0; one more for what comes behind them. */
export function placesOf(tokens) {
  const places = [];
  let place = 0;
  tokens.forEach((token, number) => {
    places.push(place);
    place += endsRun(tokens, number) ? 2 : 1;
  });
  return [...places, place];
}

function endsRun(tokens, number) {
  const token = tokens[number];
  if (!isLetters(token) || !token.endsWith("z")) return false;
  const behindWord = number > 0 && !isLetters(tokens[number - 1]);
  const next = tokens[number + 1];
  const repeated = next !== undefined && next.startsWith(token.slice(0, -1)) && !next.endsWith("z");
  return !(behindWord && repeated);
}

/**
 * Numbers of those of `tokens` that tell whether all stand in a row, at the least cost; `costs` are those of asking for
 * each. Their letters leave none out between them, and none at either end.
 */
export function telling(tokens, costs) {
  const best = [];
  tokens.forEach((token, number) => {
    const ways = [];
    if (beginsAt(tokens, number) === 0) ways.push({ cost: 0, chosen: [] });
    if (number > 0) ways.push(best[number - 1]);
    // Within one run, what begins no later than behind the other's last letter.
    for (let other = number - 2; other >= 0; other -= 1) {
      if (![token, tokens[other], tokens[other + 1]].every(isPair) || beginsAt(tokens, number) > other + LETTERS_OF_A_PAIR) break;
      ways.push(best[other]);
    }
    const before = ways.reduce((least, way) => (way.cost < least.cost ? way : least));
    best.push({ cost: before.cost + costs[number], chosen: [...before.chosen, number] });
  });
  return best.at(-1)?.chosen ?? [];
}

/** Whether it is two kana without a letter before them: at the beginning of a query, that may be any. */
export function isBehindAny(token) {
  return KANA.exec(token)?.groups.before === "";
}

/** The number of the letter with which the token begins: the one before its pair where it tells that too. */
function beginsAt(tokens, number) {
  return KANA.exec(tokens[number])?.groups.before ? number - 1 : number;
}

/**
 * Where all of `lists` stand as far apart as `places` say: each has the rising places of one token, and so has the
 * result, with the places of the first.
 */
export function inRow(lists, places) {
  const [first, ...others] = lists;
  return others.reduce((found, list, number) => followed(found, list, places[number + 1] - places[0]), first);
}

/** Those of `places` that have one of `behind` so many places after them. Both rise. */
function followed(places, behind, distance) {
  let at = 0;
  return places.filter((place) => {
    while (at < behind.length && behind[at] < place + distance) at += 1;
    return behind[at] === place + distance;
  });
}

/** Several lists of rising places as one. */
export function joined(lists) {
  return lists.length > 1 ? concatenated(lists).sort() : (lists[0] ?? NOWHERE);
}

function isPair(token) {
  return isLetters(token) && !token.endsWith("z");
}

function isLetters(token) {
  return token[0] === "0";
}
