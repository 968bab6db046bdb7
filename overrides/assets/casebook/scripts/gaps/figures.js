// What some cases say of each shared need: the rules are those of generator/knowledge/gaps.py.

import { text } from "../texts.js";

/** Who meets a need, from ours to theirs: the columns of the drawing. */
export const ZONES = ["ours_alone", "both", "nobody", "theirs_alone"];
const MOST_URGENT = [3, 2, 0, 1]; // of zones that weigh the same, the one that asks more of us leads

/** What the cases say of each shared need. */
export function figures(slices, cases, count) {
  const needs = Array.from({ length: count }, () => ({ heard: 0, total: 0, counts: [0, 0, 0, 0], weights: [0, 0, 0, 0], rivals: new Map() }));
  for (const [, found] of cases) {
    for (const [place, weight, zone, rivals] of found) {
      if (place < 0) continue;
      const need = needs[place];
      need.heard += 1;
      need.total += weight;
      need.counts[zone] += 1;
      need.weights[zone] += weight;
      for (const rival of rivals) need.rivals.set(rival, (need.rivals.get(rival) ?? 0) + 1);
    }
  }
  const identifier = (rival) => slices.rivals[rival][0];
  for (const need of needs) {
    need.mean = Math.floor((need.total / need.heard) * 10 + 0.5) / 10;
    need.lead = MOST_URGENT.reduce((best, zone) => (need.weights[zone] > need.weights[best] ? zone : best));
    need.winners = [...need.rivals]
      .sort(([a, often], [b, rarely]) => rarely - often || (identifier(a) < identifier(b) ? -1 : 1))
      .map(([rival]) => slices.rivals[rival][1])
      .join(text(", "));
  }
  return needs;
}
