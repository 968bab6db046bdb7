// The parts of the index and their slices: each part is opened for itself, and one that is missing or damaged leaves the
// others as they are. What a part has to load is loaded once for all of its slices.

import { NOWHERE, WordFile } from "./postings.js";
import { isBehindAny, inRow, joined, placesOf, telling } from "./rows.js";
import { load, loadJson } from "./unpack.js";

/** A part of the index, see generator/search/part_folder.py. */
export class Part {
  /** Open the part `at` in `folder`. Throws when its catalogue is missing or damaged. */
  static async open(folder, { at, slices }) {
    const part = new Part(new URL(`${at}/`, folder));
    const catalogues = await loadJson(new URL("catalogue.json.gz", part.folder));
    part.slices = slices.map((digest, number) => new Slice(part, number, new URL(`${digest}/lines/`, folder), catalogues[number]));
    return part;
  }

  constructor(folder) {
    this.folder = folder;
    this.firsts = [];
    this.sizes = [];
    this.files = new Map();
  }

  /** Load where words are looked up and what their places mean; what is asked about words waits for it. */
  ready() {
    this.loading ??= loadJson(new URL("places.json.gz", this.folder)).then(({ firsts, sizes, slices }) => {
      Object.assign(this, { firsts, sizes });
      this.slices.forEach((slice, number) => slice.meet(slices[number]));
    });
    this.loading.catch(() => (this.loading = null));
    return this.loading;
  }

  /** What to show of each record in a list, without its lines: a list for each slice. */
  cards() {
    this.listed ??= loadJson(new URL("cards.json.gz", this.folder));
    this.listed.catch(() => (this.listed = null));
    return this.listed;
  }

  /** The words of the part's texts, a list for each slice. */
  words() {
    return loadJson(new URL("words.json.gz", this.folder));
  }

  /** The only file in which the token can be; null when it is in none. */
  async fileOf(token) {
    const number = this.#numberOf(token);
    return number < 0 ? null : this.#file(number);
  }

  /** All files that can hold tokens with this beginning. */
  filesOf(beginning) {
    return Promise.all(this.#numbersOf(beginning).map((number) => this.#file(number)));
  }

  /** What it costs to load these files, in KB: nothing when they are here. */
  cost(token, { begins }) {
    const numbers = begins ? this.#numbersOf(token) : [this.#numberOf(token)];
    return numbers.reduce((sum, number) => sum + (number < 0 || this.files.has(number) ? 0 : this.sizes[number]), 0);
  }

  #file(number) {
    if (!this.files.has(number)) {
      const file = load(new URL(`index/${number}.bin`, this.folder)).then((content) => WordFile.read(content));
      this.files.set(number, file);
      file.catch(() => this.files.delete(number));
    }
    return this.files.get(number);
  }

  #numberOf(token) {
    const { firsts } = this;
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= token) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #numbersOf(beginning) {
    const { firsts } = this;
    const found = [];
    for (let number = Math.max(0, this.#numberOf(beginning)); number < firsts.length; number += 1) {
      if (firsts[number].slice(0, beginning.length) > beginning) break;
      found.push(number);
    }
    return found;
  }
}

/** Some records of a part, by their numbers in it, and where words stand in them. Places count through all of them. */
class Slice {
  constructor(part, number, folder, catalogue) {
    Object.assign(this, { part, number, folder, catalogue });
    this.size = catalogue.kinds.length;
    this.blocks = new Map();
    this.rows = new Map();
  }

  /** The number of the first record among those of all parts. */
  first = 0;

  /** Take what places mean: how long stretches of lines are, and what they have in common. Behind a record's is one more. */
  meet({ lengths, blocks, weights }) {
    Object.assign(this, { blocksOf: blocks, weights });
    this.begins = [0];
    this.ends = lengths.map((of) => {
      let end = this.begins.at(-1);
      const ends = of.map((length) => (end += length));
      this.begins.push(end + 1);
      return ends;
    });
  }

  ready() {
    return this.part.ready();
  }

  /** How many places the lines of a record take. */
  lengthOf(record) {
    return this.begins[record + 1] - this.begins[record] - 1;
  }

  /** Signatures of the lines in which `places` of a record are. */
  signaturesAt(record, places) {
    return new Set(this.#at(record, places, this.catalogue.groups[record]));
  }

  /** Numbers of the blocks of lines in which `places` of a record are. */
  blocksAt(record, places) {
    return new Set(this.#at(record, places, this.blocksOf[record]));
  }

  /** What standing at `places` of a record counts. */
  weightAt(record, places) {
    return this.#at(record, places, this.weights[record]).reduce((sum, weight) => sum + weight, 0);
  }

  /** What `told` says of the stretches of lines in which `places` are. */
  #at(record, places, told) {
    const ends = this.ends[record];
    const found = [];
    let at = 0;
    for (const place of places) {
      while (ends[at] <= place && at < ends.length - 1) at += 1;
      found.push(told[at]);
    }
    return found;
  }

  /** What to show of a record in a list, without its lines. */
  async card(record) {
    return (await this.part.cards())[this.number][record];
  }

  /** A record with the lines of these blocks, of all blocks when none are named; `starts` tell when other lines begin. */
  async lines(record, blocks = []) {
    if (blocks.length === 0) await this.ready();
    const wanted = blocks.length > 0 ? blocks : Array(1 + Math.max(0, ...this.blocksOf[record])).keys();
    const loaded = await Promise.all(Array.from(wanted, (block) => this.#block(record, block)));
    const starts = loaded.flatMap(({ until }) => until ?? []);
    return { ...loaded[0], lines: loaded.flatMap(({ lines }) => lines), starts };
  }

  #block(record, block) {
    const name = `${record}-${block}.json.gz`;
    if (!this.blocks.has(name)) {
      const loading = loadJson(new URL(name, this.folder));
      this.blocks.set(name, loading);
      loading.catch(() => this.blocks.delete(name));
    }
    return this.blocks.get(name);
  }

  /**
   * Where `closed` tokens stand in a row, with one behind them that begins with `open` unless that is empty: a Map from
   * record to the places of the first that was asked for. Throws when a file of the index is missing or damaged.
   */
  standing({ closed, open }) {
    const key = `${closed.join(" ")}|${open}`;
    if (!this.rows.has(key)) {
      const found = this.#standing(closed, open).then((places) => this.#byRecord(places));
      this.rows.set(key, found);
      found.catch(() => this.rows.delete(key));
    }
    return this.rows.get(key);
  }

  async #standing(closed, open) {
    await this.ready();
    const places = placesOf(closed);
    const begins = closed.map((token, number) => number === 0 && isBehindAny(token));
    const costs = closed.map((token, number) => this.part.cost(token, { begins: begins[number] }));
    const asked = telling(closed, costs).map((number) => ({
      place: places[number],
      cost: costs[number],
      load: () => (begins[number] ? this.#beginning(closed[number]) : this.#word(closed[number])),
    }));
    if (open) asked.push({ place: places.at(-1), cost: Infinity, load: () => this.#beginning(open) });
    // The rarest first: where it does not stand, nothing else has to be loaded.
    const rarest = asked.reduce((least, one) => (one.cost < least.cost ? one : least));
    if ((await rarest.load()).length === 0) return NOWHERE;
    const lists = await Promise.all(asked.map(({ load: ask }) => ask()));
    return inRow(lists, asked.map(({ place }) => place));
  }

  async #word(token) {
    return (await this.part.fileOf(token))?.places(token, this.number) ?? NOWHERE;
  }

  async #beginning(open) {
    const files = await this.part.filesOf(open);
    return joined(files.flatMap((file) => file.beginningWith(open).map((word) => file.places(word, this.number))));
  }

  /** The same places record by record: a Map from record to its places. */
  #byRecord(places) {
    const found = new Map();
    let record = 0;
    let start = 0;
    for (let at = 0; at < places.length; at = start) {
      while (this.begins[record + 1] <= places[at]) record += 1;
      while (start < places.length && places[start] < this.begins[record + 1]) start += 1;
      found.set(record, places.subarray(at, start));
    }
    return found;
  }
}
