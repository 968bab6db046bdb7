// What every row of a list carries, and which rows carry what is asked for. No element of the page is needed for that:
// the marks of a list of many pages come as one small file.

export class Marks {
  /** `facets`: mark -> value -> one entry for each row, true where the row carries the value. */
  constructor(total, facets) {
    this.total = total;
    this.facets = facets;
  }

  /** The marks that the rows of this page carry as data attributes, for the marks `names`. */
  static ofRows(rows, names) {
    const facets = new Map();
    for (const name of names) {
      const values = new Map();
      rows.forEach((row, number) => {
        for (const value of (row.dataset[name] ?? "").split(" ").filter(Boolean)) {
          if (!values.has(value)) values.set(value, new Uint8Array(rows.length));
          values.get(value)[number] = 1;
        }
      });
      facets.set(name, values);
    }
    return new Marks(rows.length, facets);
  }

  /** The marks of a whole list from the file at `address` (generator/pages/listing.py: marks_file). */
  static async fetched(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.status} ${address}`);
    const { total, marks } = await response.json();
    return Marks.ofFigures(total, marks);
  }

  /** The marks of `total` rows from figures: mark -> value -> figures, as the file has them, or a page its part of it. */
  static ofFigures(total, marks) {
    const facets = new Map();
    for (const [name, values] of Object.entries(marks)) {
      facets.set(name, new Map(Object.entries(values).map(([value, figures]) => [value, unpacked(figures, total)])));
    }
    return new Marks(total, facets);
  }

  /** The numbers of the rows that carry all of `conditions`, pairs of a mark and a value. */
  matching(conditions) {
    const columns = conditions.map(([name, value]) => this.facets.get(name)?.get(value));
    if (columns.includes(undefined)) return [];
    const found = [];
    for (let row = 0; row < this.total; row += 1) {
      if (columns.every((column) => column[row])) found.push(row);
    }
    return found;
  }

  /** How many of `rows` carry each value of a mark: value -> count. */
  counts(name, rows) {
    const counts = new Map();
    for (const [value, column] of this.facets.get(name) ?? []) {
      let count = 0;
      for (const row of rows) count += column[row];
      counts.set(value, count);
    }
    return counts;
  }
}

/** One hexadecimal figure holds four rows, its lowest bit the first of them. */
function unpacked(figures, total) {
  return Uint8Array.from({ length: total }, (_, row) => (parseInt(figures[row >> 2], 16) >> (row & 3)) & 1);
}
