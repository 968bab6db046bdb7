// In which order results are shown.

const CASE = "case";
// The engine adds so much for each way of writing that is nearer to what was typed; how often and how densely adds less.
const EQUALLY_WELL = 100;

/** What is listed when nothing is asked: cases, newest first. Pages about them are found by their words. */
export function casesOf(index) {
  const newest = index.newest();
  const cases = newest.filter((number) => index.catalogue.kinds[number] === CASE);
  return cases.length > 0 ? cases : newest;
}

/** The numbers by date or by relevance; of results that hold the words equally well written, cases come before pages about them. */
export function inOrder(index, scores, sort) {
  if (sort === "date") return index.newest().filter((number) => scores.has(number));
  const { kinds } = index.catalogue;
  const places = new Map(Array.from(scores.keys(), (number, place) => [number, place]));
  const steps = (number) => Math.floor(scores.get(number).score / EQUALLY_WELL);
  const others = (number) => (kinds[number] === CASE ? 0 : 1);
  return [...scores.keys()].sort(
    (one, other) => steps(other) - steps(one) || others(one) - others(other) || places.get(one) - places.get(other),
  );
}
