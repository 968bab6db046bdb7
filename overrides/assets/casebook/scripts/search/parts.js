// The parts of the index: each is opened for itself, and one that is missing or damaged leaves the others as they are.

import { Postings, placeOf } from "./postings.js";
import { inRow, joined, placesOf, telling } from "./rows.js";
import { loadJson, loadUnpacked } from "./unpack.js";

/** A part: records by their numbers in it, and where words stand in them. */
export class Part {
  /** Open the part at `folder`. Throws when its catalogue is missing or damaged. */
  static async open(folder) {
    return new Part(folder, await loadJson(new URL("catalogue.json.gz", folder)));
  }

  constructor(folder, catalogue) {
    this.folder = folder;
    this.catalogue = catalogue;
    this.size = catalogue.kinds.length;
    this.places = null;
    this.ends = null;
    this.files = new Map();
    this.blocks = new Map();
    this.rows = new Map();
  }

  /** The number of the part's first record among those of all parts. */
  first = 0;

  /** Load where words are looked up and what their places mean; what is asked about words waits for it. */
  ready() {
    if (!this.loading) {
      this.loading = loadJson(new URL("places.json.gz", this.folder)).then((places) => {
        this.places = places;
        this.ends = places.lengths.map(endsOf);
      });
      this.loading.catch(() => (this.loading = null));
    }
    return this.loading;
  }

  /** How many places the lines of a record take. */
  lengthOf(record) {
    return this.ends[record].at(-1) ?? 0;
  }

  /** Signatures of the lines in which `standings` of a record are. */
  signaturesAt(record, standings) {
    return this.#at(record, standings, this.catalogue.groups[record]);
  }

  /** Numbers of the blocks of lines in which `standings` of a record are. */
  blocksAt(record, standings) {
    return this.#at(record, standings, this.places.blocks[record]);
  }

  /** What `told` says of the stretches of lines in which `standings` are. */
  #at(record, standings, told) {
    const ends = this.ends[record];
    const found = new Set();
    let at = 0;
    for (const standing of standings) {
      const place = placeOf(standing);
      while (ends[at] <= place && at < ends.length - 1) at += 1;
      found.add(told[at]);
    }
    return found;
  }

  /** What to show of each record in a list, without its lines. */
  cards() {
    this.listed ??= loadJson(new URL("cards.json.gz", this.folder));
    this.listed.catch(() => (this.listed = null));
    return this.listed;
  }

  /** A record with the lines of these blocks, of all blocks when none are named; `starts` tell when other lines begin. */
  async lines(record, blocks = []) {
    if (blocks.length === 0) await this.ready();
    const wanted = blocks.length > 0 ? blocks : Array(1 + Math.max(0, ...this.places.blocks[record])).keys();
    const loaded = await Promise.all(Array.from(wanted, (block) => this.#block(record, block)));
    const starts = loaded.flatMap(({ until }) => until ?? []);
    return { ...loaded[0], lines: loaded.flatMap(({ lines }) => lines), starts };
  }

  #block(record, block) {
    const name = `lines/${record}-${block}.json.gz`;
    if (!this.blocks.has(name)) {
      const loading = loadJson(new URL(name, this.folder));
      this.blocks.set(name, loading);
      loading.catch(() => this.blocks.delete(name));
    }
    return this.blocks.get(name);
  }

  /** The words of the part's texts. */
  words() {
    return loadJson(new URL("words.json.gz", this.folder));
  }

  /**
   * Where `closed` tokens stand in a row, with one behind them that begins with `open` unless that is empty: a Map from
   * record to standings of the first. Throws when a file of the index is missing or damaged.
   */
  standing({ closed, open }) {
    const key = `${closed.join(" ")}|${open}`;
    if (!this.rows.has(key)) {
      const found = this.#standing(closed, open);
      this.rows.set(key, found);
      found.catch(() => this.rows.delete(key));
    }
    return this.rows.get(key);
  }

  async #standing(closed, open) {
    await this.ready();
    const places = placesOf(closed);
    const chosen = telling(closed, closed.map((token) => this.#cost(token)));
    const asked = chosen.map((number) => ({ place: places[number], cost: this.#cost(closed[number]), load: () => this.#word(closed[number]) }));
    if (open) asked.push({ place: places.at(-1), cost: Infinity, load: () => this.#beginning(open) });
    // The rarest first: where it does not stand, nothing else has to be loaded.
    const rarest = asked.reduce((least, one) => (one.cost < least.cost ? one : least));
    if ((await rarest.load()).size === 0) return new Map();
    const lists = await Promise.all(asked.map(({ load }) => load()));
    return inRow(lists, asked.map(({ place }) => place));
  }

  async #word(token) {
    const chunk = this.#chunkOf(token);
    return chunk < 0 ? new Map() : (await this.#postings(chunk)).standings(token);
  }

  async #beginning(open) {
    const files = await Promise.all(this.#chunksWith(open).map((chunk) => this.#postings(chunk)));
    return joined(files.flatMap((postings) => postings.beginningWith(open).map((word) => postings.standings(word))));
  }

  #postings(chunk) {
    if (!this.files.has(chunk)) {
      const file = loadUnpacked(new URL(`index/${chunk}.pf_index`, this.folder)).then((content) => new Postings(content));
      this.files.set(chunk, file);
      file.catch(() => this.files.delete(chunk));
    }
    return this.files.get(chunk);
  }

  /** What it costs to load the file in which a token would be: nothing when it is here, or when there is none. */
  #cost(token) {
    const chunk = this.#chunkOf(token);
    return chunk < 0 || this.files.has(chunk) ? 0 : this.places.sizes[chunk];
  }

  /** The number of the only file in which a token can be; -1 when it is in none. */
  #chunkOf(token) {
    const { chunks } = this.places;
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunks[middle] <= token) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Numbers of the files that can hold words with this beginning. */
  #chunksWith(beginning) {
    const { chunks } = this.places;
    const found = [];
    for (let chunk = Math.max(0, this.#chunkOf(beginning)); chunk < chunks.length; chunk += 1) {
      if (chunks[chunk].slice(0, beginning.length) > beginning) break;
      found.push(chunk);
    }
    return found;
  }
}

function endsOf(lengths) {
  let end = 0;
  return lengths.map((length) => (end += length));
}
