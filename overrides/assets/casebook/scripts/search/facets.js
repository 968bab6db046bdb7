// Facets: choices within one widen, choices across several narrow.
//
// Some belong to a page as a whole (its type, its year), some to single lines of it (who said it, about what). Where a query
// is asked, a choice of the second sort counts the lines in which its words stand, and each word must stand in one that fits.

export const PAGE_FACETS = ["type", "segment", "industry", "product", "competitor", "year", "language"];
export const LINE_FACETS = ["kind", "side", "topic", "phase", "department"];
export const FACETS = [...PAGE_FACETS, ...LINE_FACETS];
const NEWEST_FIRST = new Set(["year"]);

/** What is asked of pages and of lines: `numbers` in order, and for each the signatures of its lines, by term of the query. */
export class Findings {
  /** `found` is what the index holds for a query, null when nothing was asked: then every line counts. */
  constructor(catalogue, numbers, found = null) {
    this.catalogue = catalogue;
    this.numbers = numbers;
    this.found = found;
  }

  /** The numbers that fit what is chosen, a Map from facet to a Set of values, leaving out what is chosen in `except`. */
  fitting(chosen, except = null) {
    const pages = pageTests(this.catalogue, chosen, except);
    const lines = lineTest(this.catalogue, chosen, except);
    if (pages.length === 0 && !lines) return this.numbers;
    return this.numbers.filter(
      (number) => pages.every((test) => test(number)) && (!lines || this.#groupsOf(number).every((group) => some(group, lines))),
    );
  }

  /**
   * Each facet with its values and how many numbers have them, as if nothing were chosen in that facet itself. Values
   * without any are left out unless they are chosen, and so are facets with which nothing could be told apart. Years run
   * backwards, other values by count.
   */
  counted(chosen) {
    const known = FACETS.filter((facet) => this.catalogue.facets[facet]);
    return known.flatMap((facet) => {
      const { values } = this.catalogue.facets[facet];
      const fitting = this.fitting(chosen, facet);
      const counts = this.#counts(facet, fitting, chosen);
      const picked = chosen.get(facet) ?? new Set();
      const shown = values
        .map((value, index) => ({ value, count: counts[index], chosen: picked.has(value) }))
        .filter(({ count, chosen: isChosen }) => count > 0 || isChosen);
      const tellsApart = values.length > 1 || shown.some(({ count, chosen: isChosen }) => isChosen || count < fitting.length);
      if (shown.length === 0 || !tellsApart) return [];
      shown.sort((one, other) =>
        NEWEST_FIRST.has(facet) ? compare(other.value, one.value) : other.count - one.count || compare(one.value, other.value),
      );
      return [{ facet, values: shown }];
    });
  }

  #counts(facet, numbers, chosen) {
    const { values, of } = this.catalogue.facets[facet];
    const counts = new Array(values.length).fill(0);
    const otherLines = lineTest(this.catalogue, chosen, facet);
    if (!LINE_FACETS.includes(facet) || (!this.found && !otherLines)) {
      for (const number of numbers) for (const index of of[number]) counts[index] += 1;
      return counts;
    }
    const indexes = this.catalogue.signatures.map((signature, place) => (!otherLines || otherLines[place] ? (signature[facet] ?? []) : []));
    // A value counts once for a record, when a fitting line of each term has it: `reached` goes up by one with each term.
    const reached = new Int32Array(values.length);
    let floor = 0;
    for (const number of numbers) {
      const groups = this.#groupsOf(number);
      groups.forEach((group, term) => {
        for (const signature of group)
          for (const index of indexes[signature]) {
            if (term === 0 ? reached[index] > floor : reached[index] !== floor + term) continue;
            reached[index] = floor + term + 1;
            if (term === groups.length - 1) counts[index] += 1;
          }
      });
      floor += groups.length + 1;
    }
    return counts;
  }

  /** Sets of signatures, one for each word that was looked for; all of the record's own when none was. */
  #groupsOf(number) {
    const groups = this.found?.get(number)?.groups.filter((group) => group.size > 0) ?? [];
    return groups.length > 0 ? groups : [this.catalogue.groupsOf[number]];
  }
}

/** Whether a line, by its own facets, fits what is chosen: a function from `filters` to true or false. */
export function lineFits(chosen) {
  const wanted = chosenOf(chosen, LINE_FACETS);
  return (filters) => wanted.every(([facet, values]) => (filters[facet] ?? []).some((value) => values.has(value)));
}

/** Whether something is chosen that single lines have. */
export function choosesLines(chosen) {
  return chosenOf(chosen, LINE_FACETS).length > 0;
}

function chosenOf(chosen, facets, except = null) {
  return [...chosen].filter(([facet, values]) => facet !== except && values.size > 0 && facets.includes(facet));
}

function pageTests(catalogue, chosen, except) {
  return chosenOf(chosen, PAGE_FACETS, except).map(([facet, values]) => {
    const { of = [] } = catalogue.facets[facet] ?? {};
    const wanted = indexesOf(catalogue, facet, values);
    return (number) => (of[number] ?? []).some((index) => wanted.has(index));
  });
}

/** For each signature whether its lines fit what is chosen; null when nothing is chosen that lines have. */
function lineTest(catalogue, chosen, except) {
  const wanted = chosenOf(chosen, LINE_FACETS, except).map(([facet, values]) => [facet, indexesOf(catalogue, facet, values)]);
  if (wanted.length === 0) return null;
  return catalogue.signatures.map((signature) =>
    wanted.every(([facet, indexes]) => (signature[facet] ?? []).some((index) => indexes.has(index))),
  );
}

function indexesOf(catalogue, facet, values) {
  const names = catalogue.facets[facet]?.values ?? [];
  return new Set(names.flatMap((name, index) => (values.has(name) ? [index] : [])));
}

function some(group, test) {
  for (const signature of group) if (test[signature]) return true;
  return false;
}

function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
