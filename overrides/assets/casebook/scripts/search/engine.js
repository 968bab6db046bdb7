// The index: which records hold a query, best first. Pagefind indexed their tokens; what belongs together is decided here.
//
//   openIndex() -> Promise<Index>       opened once; throws IndexMissing when there is no index at all
//
// A record is a page that can be found. Records have numbers, which hold for one opened index. The index lies in parts by
// time; one that is missing or damaged is left out, and the others answer.
//
//   index.catalogue
//     .kinds[number]      "case", "insights" ...
//     .dates[number]      ISO date, or ""
//     .facets             {name: {values: [string], of: [[value's index] for each record]}}; `of` has what the page as a
//                         whole and what any of its lines has
//     .signatures         [{facet name: [indexes into facets[name].values]}]: what lines have in common, {} among them
//     .groupsOf[number]   [signature's number]: the signatures that lines of the record have
//   index.find(query)     -> Promise<Map number -> {score, groups}> or null when the query asks for nothing; the best first.
//     .score              a number, higher is better
//     .groups             [Set of signature numbers for each of query.required, in its order]: where the term stands
//     .partial            on the Map: true when a part of the index could not be asked
//   index.findOrComeNear(query) -> Promise<{scores: as find(), query, near, partial}>; `query` is what was found
//   index.warm()          load what every query needs, so that the first one waits for less
//   index.newest()        -> [number], newest first
//   index.record(number, found) -> Promise<record>: its lines and what to show of it; throws IndexMissing. With what find()
//                         has for it, only the stretches of lines in which the words stand
//   index.card(number)    -> Promise<record>: the same without its lines, much less to load; throws IndexMissing
//   index.synonyms        [[word]]: words that mean the same, from casebook.yml
//   index.failedParts     how many parts of the index are missing or damaged, as far as is known
//   index.words()         -> Promise<[vocabulary]>: words.json of every part that has one, parsed

import { inSite } from "../root.js";
import { mergedCatalogue } from "./catalogue.js";
import { Part } from "./parts.js";
import { asPhrase, loosened } from "./query.js";
import { joined } from "./rows.js";

const TYPED_AS_IT_STANDS = 1000;
const WRITTEN_THE_SAME = 100;
// BM25: how soon more of the same counts for nothing, and how much a long record has to hold more (Robertson, Zaragoza 2009).
const SATURATION = 1.2;
const LENGTH_COUNTS = 0.5;

/** The search index could not be opened. */
export class IndexMissing extends Error {}

let opened = null;

/** The index of this site; opened once. Throws IndexMissing. */
export function openIndex() {
  opened ??= Index.open().catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

class Index {
  static async open() {
    const folder = inSite("pagefind/");
    try {
      const response = await fetch(new URL("parts.json", folder), { cache: "no-cache" });
      if (!response.ok) throw new Error(`parts.json: ${response.status}`);
      const { parts, synonyms } = await response.json();
      const tried = await Promise.allSettled(parts.map((part) => Part.open(folder, part)));
      const whole = tried.flatMap(({ value }) => value ?? []);
      if (whole.length === 0 && parts.length > 0) throw tried[0].reason;
      return new Index(whole, synonyms, parts.length - whole.length);
    } catch (error) {
      throw new IndexMissing("the search index is missing", { cause: error });
    }
  }

  constructor(parts, synonyms, unopened) {
    this.parts = parts;
    this.slices = parts.flatMap(({ slices }) => slices);
    this.synonyms = synonyms;
    this.catalogue = mergedCatalogue(this.slices);
    this.unopened = unopened;
    this.damaged = new Set();
  }

  /** How many parts could not be opened, or could not answer a query. */
  get failedParts() {
    return this.unopened + this.damaged.size;
  }

  /** Records that hold all required terms and no excluded one. */
  async find(query) {
    if (query.required.length === 0 && query.excluded.length === 0) return null;
    const phrase = asPhrase(query);
    const answers = await this.#askEach(async (slice) => {
      const [required, excluded] = await Promise.all([query.required, query.excluded].map((terms) => held(slice, terms)));
      const records = [...(required[0]?.keys() ?? slice.catalogue.kinds.keys())].filter(
        (record) => required.every((of) => of.has(record)) && !excluded.some((of) => of.has(record)),
      );
      const literal = phrase && records.length > 0 ? await slice.standing(phrase.alternatives[0]) : null;
      return { required, records: new Map(records.map((record) => [record, literal?.has(record) ? TYPED_AS_IT_STANDS : 0])) };
    });
    return this.#inOrder(answers, query.required.length);
  }

  /** The same, or what comes near when nothing holds the query. */
  async findOrComeNear(query) {
    const scores = await this.find(query);
    if (scores === null || scores.size > 0) return { scores, query, near: false, partial: scores?.partial ?? this.unopened > 0 };
    const near = await this.#holdingMost(loosened(query));
    if (near.scores.size === 0) return { scores, query, near: false, partial: scores.partial };
    const text = near.terms.map(({ said }) => said).join(" ");
    return { scores: near.scores, query: { ...query, required: near.terms, text }, near: true, partial: near.scores.partial };
  }

  /** Load what every query needs. What is missing is told of by the query. */
  warm() {
    for (const part of this.parts) part.ready().catch(() => {});
  }

  /** All records, newest first. */
  newest() {
    return [...this.catalogue.kinds.keys()].sort((one, other) => this.#newer(one, other));
  }

  /** What to show of a record, with its lines or those around what was `found`; see generator/search/records.py. */
  async record(number, found = null) {
    const slice = this.#sliceOf(number);
    try {
      return await slice.lines(number - slice.first, found?.blocks);
    } catch (error) {
      throw new IndexMissing("lines of a result are missing", { cause: error });
    }
  }

  /** What to show of a record in a list, without its lines. */
  async card(number) {
    const slice = this.#sliceOf(number);
    try {
      return await slice.card(number - slice.first);
    } catch (error) {
      throw new IndexMissing("what to show of a result is missing", { cause: error });
    }
  }

  /** The words that stand in the texts, a list for each part; those of parts that have none are left out. */
  async words() {
    this.vocabularies ??= Promise.allSettled(this.parts.map((part) => part.words()));
    return (await this.vocabularies).flatMap(({ value }) => value ?? []);
  }

  #sliceOf(number) {
    return this.slices.findLast(({ first }) => first <= number);
  }

  #newer(one, other) {
    const { dates } = this.catalogue;
    if (dates[one] === dates[other]) return one - other;
    return dates[one] < dates[other] ? 1 : -1;
  }

  /** What `ask` says of each slice, with the slice; those of parts that cannot answer are left out. */
  async #askEach(ask) {
    const answers = await Promise.allSettled(this.slices.map(async (slice) => (await Promise.all([ask(slice), slice.ready()]))[0]));
    const given = answers.flatMap(({ status, value }, number) => {
      if (status === "fulfilled") return { slice: this.slices[number], ...value };
      this.damaged.add(this.slices[number].part);
      return [];
    });
    if (given.length === 0 && this.slices.length > 0) throw new IndexMissing("the search index cannot be read", { cause: answers[0].reason });
    return { given, partial: this.unopened > 0 || given.length < this.slices.length };
  }

  /** Records that hold as many of the terms as any record does, newest first, and the terms that are held at all. */
  async #holdingMost(terms) {
    const { given, partial } = await this.#askEach(async (slice) => ({ required: await held(slice, terms) }));
    const counts = given.map(({ required }) => countsOf(required));
    const most = Math.max(0, ...counts.flatMap((count) => [...count.values()]));
    const kept = terms.flatMap((term, place) => (given.some(({ required }) => required[place].size > 0) ? place : []));
    const found = given.flatMap(({ slice, required }, number) =>
      [...counts[number]].flatMap(([record, count]) => {
        const ways = kept.map((place) => required[place].get(record));
        return count === most ? [[slice.first + record, new Found(most, slice, record, ways)]] : [];
      }),
    );
    found.sort(([one], [other]) => this.#newer(one, other));
    return { scores: Object.assign(new Map(found), { partial }), terms: kept.map((place) => terms[place]) };
  }

  #inOrder({ given, partial }, terms) {
    const rarity = Array.from({ length: terms }, (_, term) => {
      const holding = given.reduce((sum, { required }) => sum + required[term].size, 0);
      return Math.log(1 + (this.catalogue.kinds.length - holding + 0.5) / (holding + 0.5));
    });
    const usual = usualLength(given.map(({ slice }) => slice));
    const found = given.flatMap(({ slice, required, records }) =>
      Array.from(records, ([record, literal]) => {
        const ways = required.map((of) => of.get(record));
        const length = slice.lengthOf(record) / usual;
        const worth = ({ places }) => saturated(slice.weightAt(record, places), length);
        const score = ways.reduce((sum, way, term) => sum + way.rank + rarity[term] * worth(way), literal);
        return [slice.first + record, new Found(score, slice, record, ways)];
      }),
    );
    found.sort(([one, { score }], [other, { score: otherScore }]) => otherScore - score || this.#newer(one, other));
    return Object.assign(new Map(found), { partial });
  }
}

/** A record that was found. Where its words stand is looked up when it is asked for. */
class Found {
  /** `ways` are what `held` says of the record, for each term. */
  constructor(score, slice, record, ways) {
    Object.assign(this, { score, slice, record, ways });
  }

  /** For each term the signatures of the lines in which it stands. */
  get groups() {
    this.signatures ??= this.ways.map((way) => {
      const found = way ? this.slice.signaturesAt(this.record, way.places) : [];
      return new Set(Array.from(found, (number) => this.slice.signatureNumbers[number]));
    });
    return this.signatures;
  }

  /** The blocks of lines in which any term stands, in their order. */
  get blocks() {
    const found = this.ways.flatMap((way) => (way ? [...this.slice.blocksAt(this.record, way.places)] : []));
    return [...new Set(found)].sort((one, other) => one - other);
  }
}

/** For each term, where it stands in a slice in any of its ways of writing: Map from record to {places, rank}. */
async function held(slice, terms) {
  return Promise.all(
    terms.map(async ({ alternatives }) => {
      const ways = await Promise.all(alternatives.map((way) => slice.standing(way)));
      const found = new Map();
      ways.forEach((way, number) => {
        for (const [record, places] of way) {
          if (!found.has(record)) found.set(record, { lists: [], rank: WRITTEN_THE_SAME * (ways.length - number) });
          found.get(record).lists.push(places);
        }
      });
      return new Map(Array.from(found, ([record, { lists, rank }]) => [record, { places: joined(lists), rank }]));
    }),
  );
}

function usualLength(slices) {
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  return sum(slices.flatMap((slice) => slice.ends.map((_, record) => slice.lengthOf(record)))) / sum(slices.map(({ size }) => size));
}

function countsOf(terms) {
  const counts = new Map();
  for (const found of terms) for (const record of found.keys()) counts.set(record, (counts.get(record) ?? 0) + 1);
  return counts;
}

function saturated(weight, length) {
  return (weight * (SATURATION + 1)) / (weight + SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length));
}
