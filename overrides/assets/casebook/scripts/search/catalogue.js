// The catalogues of all parts as one: the same facet, the same value, the same signature once.

/** The catalogue over `parts`, see engine.js; gives each part the number of its first record and `signatureNumbers`. */
export function mergedCatalogue(parts) {
  const whole = { kinds: [], dates: [], facets: {}, signatures: [], groupsOf: [] };
  const values = new Map();
  const signatures = new Map();
  for (const part of parts) {
    const { kinds, dates, facets, signatures: own } = part.catalogue;
    part.first = whole.kinds.length;
    whole.kinds.push(...kinds);
    whole.dates.push(...dates);
    const numbers = {};
    for (const [name, facet] of Object.entries(facets)) {
      whole.facets[name] ??= { values: [], of: [] };
      const { of, values: known } = whole.facets[name];
      if (!values.has(name)) values.set(name, new Map());
      numbers[name] = facet.values.map((value) => numbered(values.get(name), value, () => known.push(value)));
      while (of.length < part.first) of.push([]);
      of.push(...facet.of.map((one) => one.map((number) => numbers[name][number])));
    }
    part.signatureNumbers = own.map((signature) => {
      const named = Object.entries(signature).map(([name, of]) => [name, of.map((number) => numbers[name][number])]);
      return numbered(signatures, JSON.stringify(named), () => whole.signatures.push(Object.fromEntries(named)));
    });
    whole.groupsOf.push(...part.catalogue.groups.map((of) => [...new Set(of.map((number) => part.signatureNumbers[number]))]));
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
