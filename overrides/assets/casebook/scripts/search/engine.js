// The index: which records hold a query, best first. Pagefind looks tokens up; what belongs together is decided here.
//
//   openIndex() -> Promise<Index>       opened once; throws IndexMissing when there is no index at all
//
// A record is a page that can be found. Records have numbers, the newest is 0; numbers hold for one opened index.
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
//   index.newest()        -> [number], newest first
//   index.record(number)  -> Promise<record>: its lines and what to show of it; throws IndexMissing
//   index.synonyms        [[word]]: words that mean the same, from casebook.yml
//   index.failedParts     how many parts of the index are missing or damaged, as far as is known
//   index.words()         -> Promise<[vocabulary]>: words.json of every part that has one, parsed
//   index.warm()          -> Promise: load what the first query will need

import { inSite } from "../root.js";
import { asPhrase, loosened } from "./query.js";

const TYPED_AS_IT_STANDS = 1000;
const WRITTEN_THE_SAME = 100;

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
      const response = await fetch(new URL("catalogue.json", folder), { cache: "no-cache" });
      if (!response.ok) throw new Error(`catalogue.json: ${response.status}`);
      const catalogue = await response.json();
      catalogue.signatures = [{}];
      catalogue.groupsOf = catalogue.ids.map(() => [0]);
      return new Index(folder, catalogue);
    } catch (error) {
      throw new IndexMissing("the search index is missing", { cause: error });
    }
  }

  constructor(folder, catalogue) {
    this.folder = folder;
    this.catalogue = catalogue;
    this.numbers = new Map(catalogue.ids.map((id, number) => [id, number]));
    this.lines = new Map();
    this.asked = new Map();
    this.synonyms = [];
    this.failedParts = 0;
  }

  async words() {
    return [];
  }

  /** Load Pagefind before it is needed. */
  async warm() {
    if (this.numbers.size === 0) return null;
    this.pagefind ??= this.#start();
    return this.pagefind;
  }

  async #start() {
    try {
      const pagefind = await import(new URL("pagefind.js", this.folder).href);
      await pagefind.options({ metaCacheTag: this.catalogue.build });
      await pagefind.init();
      return pagefind;
    } catch (error) {
      this.pagefind = null;
      throw new IndexMissing("the search index cannot be opened", { cause: error });
    }
  }

  /**
   * Numbers of the records that hold all required terms and no excluded one: a Map from number to score, best first.
   * `null` when the query asks for nothing.
   */
  async find(query) {
    if (query.required.length === 0 && query.excluded.length === 0) return null;
    const required = await Promise.all(query.required.map((term) => this.#holding(term)));
    const excluded = await Promise.all(query.excluded.map((term) => this.#holding(term)));
    const phrase = asPhrase(query);
    const literal = phrase ? await this.#standing(phrase.alternatives[0]) : new Map();
    const everything = new Map(this.catalogue.ids.map((_, number) => [number, 0]));
    const [first = everything, ...others] = required;
    const scores = new Map();
    for (const [number, score] of first) {
      if (others.some((held) => !held.has(number)) || excluded.some((held) => held.has(number))) continue;
      const sum = others.reduce((total, held) => total + held.get(number), score);
      scores.set(number, sum + (literal.has(number) ? TYPED_AS_IT_STANDS : 0));
    }
    const groups = query.required.map(() => new Set([0]));
    const best = [...scores].sort(([one, oneScore], [other, otherScore]) => otherScore - oneScore || this.#newer(one, other));
    return Object.assign(new Map(best.map(([number, score]) => [number, { score, groups }])), { partial: this.failedParts > 0 });
  }

  /** The same, or what comes near when nothing holds the query: `{ scores, query, near }`, `query` being what was found. */
  async findOrComeNear(query) {
    const scores = await this.find(query);
    if (scores === null || scores.size > 0) return { scores, query, near: false, partial: this.failedParts > 0 };
    const near = await this.#holdingMost(loosened(query));
    if (near.scores.size === 0) return { scores, query, near: false, partial: this.failedParts > 0 };
    const text = near.held.map(({ said }) => said).join(" ");
    return { scores: near.scores, query: { ...query, required: near.held, text }, near: true, partial: this.failedParts > 0 };
  }

  /** All records, newest first. */
  newest() {
    return [...this.catalogue.ids.keys()].sort((one, other) => this.#newer(one, other));
  }

  /** What to show of a record; see generator/search/records.py. */
  async record(number) {
    const id = this.catalogue.ids[number];
    if (!this.lines.has(id)) {
      const wanted = fetch(new URL(`lines/${id}.json`, this.folder)).then((response) => {
        if (!response.ok) throw new IndexMissing(`lines/${id}.json: ${response.status}`);
        return response.json();
      });
      this.lines.set(id, wanted);
      wanted.catch(() => this.lines.delete(id));
    }
    return this.lines.get(id);
  }

  #newer(one, other) {
    const { dates } = this.catalogue;
    if (dates[one] === dates[other]) return one - other;
    return dates[one] < dates[other] ? 1 : -1;
  }

  /** Records that hold as many of the terms as any record does, newest first, and the terms that are held at all. */
  async #holdingMost(terms) {
    const found = await Promise.all(terms.map((term) => this.#holding(term)));
    const counts = new Map();
    for (const scores of found) for (const number of scores.keys()) counts.set(number, (counts.get(number) ?? 0) + 1);
    const most = Math.max(0, ...counts.values());
    const best = [...counts.keys()].filter((number) => counts.get(number) === most).sort((one, other) => this.#newer(one, other));
    const groups = terms.map(() => new Set([0]));
    return { scores: new Map(best.map((number) => [number, { score: most, groups }])), held: terms.filter((_, place) => found[place].size > 0) };
  }

  /** Records in which a term stands, in any of its ways of writing. */
  async #holding(term) {
    const ways = await Promise.all(term.alternatives.map((way) => this.#standing(way)));
    const scores = new Map();
    ways.forEach((found, rank) => {
      for (const [number, score] of found) {
        const better = score + WRITTEN_THE_SAME * (ways.length - rank);
        if (!scores.has(number)) scores.set(number, better);
      }
    });
    return scores;
  }

  /** Records in which the tokens stand in a row. */
  #standing(way) {
    const { closed, open } = way;
    const key = `${closed.join(" ")}|${open}`;
    if (!this.asked.has(key)) this.asked.set(key, this.#look(closed, open));
    return this.asked.get(key);
  }

  async #look(closed, open) {
    const words = [...closed, ...(open ? [open] : [])].join(" ");
    // Loose: all tokens, anywhere, by weight. Exact: in a row, without weight. The first ranks what the second lets through.
    const [loose, exact] = await Promise.all([this.#ask(words), closed.length > 1 ? this.#ask(`"${closed.join(" ")}"`) : null]);
    return exact ? new Map([...loose].filter(([number]) => exact.has(number))) : loose;
  }

  async #ask(words) {
    const pagefind = await this.warm();
    if (!pagefind) return new Map();
    try {
      const { results } = await pagefind.search(words);
      return new Map(results.map(({ id, score }) => [this.numbers.get(id), score]));
    } catch (error) {
      throw new IndexMissing("the search index cannot be read", { cause: error });
    }
  }
}
