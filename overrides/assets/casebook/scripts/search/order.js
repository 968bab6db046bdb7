// In which order results are shown.

const CASE = "case";
// The engine adds so much for each way of writing that is nearer to what was typed; how often and how densely adds less.
const EQUALLY_WELL = 100;
// The facet that only lines of a talk have.
const SPEAKERS = "side";
const [WORDS_SAID, WORDS_WRITTEN, PAGE_ABOUT_CASES] = [0, 1, 2];

/** What is listed when nothing is asked: cases, newest first. Pages about them are found by their words. */
export function casesOf(index) {
  const newest = index.newest();
  const cases = newest.filter((number) => index.catalogue.kinds[number] === CASE);
  return cases.length > 0 ? cases : newest;
}

/**
 * The numbers by date or by relevance: of results that hold the words equally well written, those in which somebody said
 * them come first, then other cases, then pages about them.
 */
export function inOrder(index, scores, sort) {
  if (sort === "date") return index.newest().filter((number) => scores.has(number));
  const said = index.catalogue.signatures.map((signature) => SPEAKERS in signature);
  const ranked = Array.from(scores, ([number, found], place) => ({
    number,
    place,
    step: Math.floor(found.score / EQUALLY_WELL),
    sort: sortOf(index.catalogue.kinds[number], found, said),
  }));
  ranked.sort((one, other) => other.step - one.step || one.sort - other.sort || one.place - other.place);
  return ranked.map(({ number }) => number);
}

function sortOf(kind, { groups }, said) {
  if (kind !== CASE) return PAGE_ABOUT_CASES;
  return groups.some((group) => [...group].some((signature) => said[signature])) ? WORDS_SAID : WORDS_WRITTEN;
}
