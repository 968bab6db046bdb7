// The catalogues of all slices as one: the same facet, the same value, the same signature once.

/** The catalogue over `slices`, see engine.js; gives each slice the number of its first record and `signatureNumbers`. */
export function mergedCatalogue(slices) {
  const whole = { kinds: [], dates: [], facets: {}, signatures: [], groupsOf: [] };
  const values = new Map();
  const signatures = new Map();
  for (const slice of slices) {
    const { kinds, dates, facets, signatures: own } = slice.catalogue;
    slice.first = whole.kinds.length;
    whole.kinds.push(...kinds);
    whole.dates.push(...dates);
    const numbers = {};
    for (const [name, facet] of Object.entries(facets)) {
      whole.facets[name] ??= { values: [], of: [] };
      const { of, values: known } = whole.facets[name];
      if (!values.has(name)) values.set(name, new Map());
      numbers[name] = facet.values.map((value) => numbered(values.get(name), value, () => known.push(value)));
      while (of.length < slice.first) of.push([]);
      of.push(...facet.of.map((one) => one.map((number) => numbers[name][number])));
    }
    slice.signatureNumbers = own.map((signature) => {
      const named = Object.entries(signature).map(([name, of]) => [name, of.map((number) => numbers[name][number])]);
      return numbered(signatures, JSON.stringify(named), () => whole.signatures.push(Object.fromEntries(named)));
    });
    whole.groupsOf.push(...slice.catalogue.groups.map((of) => [...new Set(of.map((number) => slice.signatureNumbers[number]))]));
  }
  for (const { of } of Object.values(whole.facets)) while (of.length < whole.kinds.length) of.push([]);
  return whole;
}

/** The number that `known` has for `key`, a new one after `add` when there is none. */
function numbered(known, key, add) {
  if (!known.has(key)) {
    known.set(key, known.size);
    add();
  }
  return known.get(key);
}
