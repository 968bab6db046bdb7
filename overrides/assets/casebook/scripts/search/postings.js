// A file of Pagefind's index (1.5): words in their order, each with the records that hold it and its places in them.
//
// It is CBOR (RFC 8949) of whole numbers, text and lists: [[[word, [[record, [place, ...], ...], ...], ...], ...]]. Records
// and places are written as the difference from the one before; a negative number among the places begins another weight
// (in 24ths), and places count from zero again.

const MARK = "pagefind_dcd";
const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const LIST = 4;
const WEIGHT_BITS = 8;
const USUAL_WEIGHT = 24;
const ascii = new TextDecoder("ascii");

/** A place and what standing there weighs, as one number, so that places can be sorted. */
export const placeOf = (standing) => standing >> WEIGHT_BITS;
export const weightOf = (standing) => (standing & ((1 << WEIGHT_BITS) - 1)) / USUAL_WEIGHT;

/** The words of a file. */
export class Postings {
  /** `content` is the unpacked file. Throws when it is not whole. */
  constructor(content) {
    if (ascii.decode(content.subarray(0, MARK.length)) !== MARK) throw new Error("not a file of the index");
    this.reader = new Reader(content, MARK.length);
    this.starts = new Map();
    const { reader } = this;
    reader.list();
    for (let words = reader.list(); words > 0; words -= 1) {
      const parts = reader.list();
      const word = reader.text();
      this.starts.set(word, reader.at);
      for (let part = 1; part < parts; part += 1) reader.skip();
    }
    this.read = new Map();
  }

  /** Where the word stands: a Map from record to its standings in their order (see placeOf). */
  standings(word) {
    if (!this.read.has(word)) this.read.set(word, this.starts.has(word) ? this.#standings(this.starts.get(word)) : new Map());
    return this.read.get(word);
  }

  /** The words that begin with `beginning`. */
  beginningWith(beginning) {
    return [...this.starts.keys()].filter((word) => word.startsWith(beginning));
  }

  #standings(start) {
    const { reader } = this;
    reader.at = start;
    const found = new Map();
    let record = 0;
    for (let records = reader.list(); records > 0; records -= 1) {
      const parts = reader.list();
      record += reader.number();
      found.set(record, standingsIn(reader));
      for (let part = 2; part < parts; part += 1) reader.skip();
    }
    return found;
  }
}

function standingsIn(reader) {
  const length = reader.list();
  const found = new Int32Array(length);
  let count = 0;
  let place = 0;
  let weight = USUAL_WEIGHT;
  let weights = 0;
  for (let item = 0; item < length; item += 1) {
    const number = reader.number();
    if (number < 0) {
      weight = Math.min(-number - 1, (1 << WEIGHT_BITS) - 1);
      weights += 1;
      place = 0;
    } else {
      place += number;
      found[count] = (place << WEIGHT_BITS) | weight;
      count += 1;
    }
  }
  const kept = found.subarray(0, count);
  return weights > 1 ? kept.sort() : kept;
}

class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The head of the next value: its kind, and its size or, of a number, the number. */
  #head() {
    const { bytes } = this;
    if (this.at >= bytes.length) throw new Error("ends too early");
    const first = bytes[this.at];
    this.at += 1;
    this.kind = first >> 5;
    const size = first & 31;
    if (size < 24) return size;
    const length = 1 << (size - 24);
    if (length > 4) throw new Error("a number that is too large");
    let number = 0;
    for (let end = this.at + length; this.at < end; this.at += 1) number = number * 256 + bytes[this.at];
    return number;
  }

  number() {
    const value = this.#head();
    if (this.kind === UNSIGNED) return value;
    if (this.kind === NEGATIVE) return -1 - value;
    throw new Error("not a number");
  }

  text() {
    const length = this.#head();
    if (this.kind !== TEXT) throw new Error("not a text");
    this.at += length;
    return ascii.decode(this.bytes.subarray(this.at - length, this.at));
  }

  /** The number of items in the list that begins here. */
  list() {
    const length = this.#head();
    if (this.kind !== LIST) throw new Error("not a list");
    return length;
  }

  /** Go past the next value, whatever it is. */
  skip() {
    for (let open = 1; open > 0; open -= 1) {
      const size = this.#head();
      if (this.kind === TEXT) this.at += size;
      else if (this.kind === LIST) open += size;
    }
  }
}
