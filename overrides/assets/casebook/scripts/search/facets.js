// Facets: choices within one widen, choices across several narrow.

export const FACETS = ["type", "industry", "product", "competitor", "department", "year"];

/** The numbers that fit what is chosen: a Map from facet to a Set of values. */
export function fitting(catalogue, numbers, chosen, except = null) {
  const tests = [...chosen]
    .filter(([facet, values]) => facet !== except && values.size > 0 && catalogue.facets[facet])
    .map(([facet, values]) => {
      const { values: names, of } = catalogue.facets[facet];
      const wanted = new Set(names.flatMap((name, index) => (values.has(name) ? [index] : [])));
      return (number) => of[number].some((index) => wanted.has(index));
    });
  return tests.length > 0 ? numbers.filter((number) => tests.every((test) => test(number))) : numbers;
}

/**
 * Each facet with its values and how many of `numbers` have them, as if nothing were chosen in that facet itself.
 * Values without any are left out unless they are chosen. Years run backwards, other values by count.
 */
export function counted(catalogue, numbers, chosen) {
  const known = [...FACETS, ...Object.keys(catalogue.facets).filter((facet) => !FACETS.includes(facet))];
  return known
    .filter((facet) => catalogue.facets[facet])
    .map((facet) => {
      const { values, of } = catalogue.facets[facet];
      const counts = new Array(values.length).fill(0);
      for (const number of fitting(catalogue, numbers, chosen, facet)) for (const index of of[number]) counts[index] += 1;
      const picked = chosen.get(facet) ?? new Set();
      const shown = values
        .map((value, index) => ({ value, count: counts[index], chosen: picked.has(value) }))
        .filter(({ count, chosen: isChosen }) => count > 0 || isChosen);
      shown.sort((one, other) =>
        facet === "year" ? compare(other.value, one.value) : other.count - one.count || compare(one.value, other.value),
      );
      return { facet, values: shown };
    })
    .filter(({ values }) => values.length > 0);
}

function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
