// Tokens in a row: where they stand to each other, and which of them have to be asked for.
//
// The same rule as generator/search/rows.py: behind the end of a run of letters a place stays empty. So two pairs of
// letters with one place between them belong to one run, and the pair between them is known without being asked for.

import { placeOf } from "./postings.js";

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
 * each. The first and the last are always among them.
 */
export function telling(tokens, costs) {
  if (tokens.length === 0) return [];
  const best = [{ cost: costs[0], chosen: [0] }];
  for (let number = 1; number < tokens.length; number += 1) {
    const near = best[number - 1];
    const far = number > 1 && isPair(tokens[number - 2]) && isPair(tokens[number - 1]) && isPair(tokens[number]) ? best[number - 2] : null;
    const before = far && far.cost <= near.cost ? far : near;
    best.push({ cost: before.cost + costs[number], chosen: [...before.chosen, number] });
  }
  return best.at(-1).chosen;
}

/**
 * Where all of `lists` stand as far apart as `places` say: each is a Map from record to standings, and so is the result,
 * with the standings of the first.
 */
export function inRow(lists, places) {
  const [first, ...others] = lists;
  if (others.length === 0) return first;
  const fewest = lists.reduce((least, list) => (list.size < least.size ? list : least));
  const found = new Map();
  for (const record of fewest.keys()) {
    if (lists.some((list) => !list.has(record))) continue;
    let standing = first.get(record);
    others.forEach((list, number) => {
      if (standing.length > 0) standing = followed(standing, list.get(record), places[number + 1] - places[0]);
    });
    if (standing.length > 0) found.set(record, standing);
  }
  return found;
}

/** Those of `standings` that have one of `behind` so many places after them. Both are in order. */
function followed(standings, behind, distance) {
  let at = 0;
  return standings.filter((standing) => {
    const place = placeOf(standing) + distance;
    while (at < behind.length && placeOf(behind[at]) < place) at += 1;
    return at < behind.length && placeOf(behind[at]) === place;
  });
}

/** Several lists as one, the standings of each record in order. */
export function joined(lists) {
  if (lists.length === 1) return lists[0];
  const found = new Map();
  for (const list of lists)
    for (const [record, standings] of list) {
      if (!found.has(record)) found.set(record, []);
      found.get(record).push(standings);
    }
  return new Map(Array.from(found, ([record, all]) => [record, all.length === 1 ? all[0] : merged(all)]));
}

function merged(all) {
  const whole = new Int32Array(all.reduce((total, standings) => total + standings.length, 0));
  let at = 0;
  for (const standings of all) {
    whole.set(standings, at);
    at += standings.length;
  }
  return whole.sort();
}

function isPair(token) {
  return isLetters(token) && !token.endsWith("z");
}

function isLetters(token) {
  return token[0] === "0";
}
