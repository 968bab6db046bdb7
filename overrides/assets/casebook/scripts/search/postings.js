// A file of the index: words in their order, and where each stands in every slice of a part.
//
// generator/search/word_files.py says what is in it, and generator/search/postings.py how places are written.

import { unpacked } from "./unpack.js";

const HEAD = 4;

/** The words of a file. */
export class WordFile {
  /** Read the file. Throws when it is not whole. */
  static async read(content) {
    const start = HEAD + new DataView(content.buffer, content.byteOffset, HEAD).getUint32(0);
    const { words, sizes } = JSON.parse(new TextDecoder().decode(await unpacked(content.subarray(HEAD, start))));
    return new WordFile(content, start, words.split(" "), sizes);
  }

  constructor(content, start, words, sizes) {
    this.content = content;
    this.words = words;
    this.starts = new Map();
    this.known = new Map();
    let at = start;
    words.forEach((word, number) => {
      const starts = [at];
      for (const of of sizes) starts.push((at += of[number]));
      this.starts.set(word, starts);
    });
    if (at !== content.length) throw new Error("a file of the index is cut off");
  }

  /** The places of the word in a slice, rising. */
  places(word, slice) {
    const starts = this.starts.get(word);
    if (!starts) return NOWHERE;
    const key = `${slice} ${word}`;
    if (!this.known.has(key)) this.known.set(key, placesIn(this.content.subarray(starts[slice], starts[slice + 1])));
    return this.known.get(key);
  }

  /** The words that begin with `beginning`. */
  beginningWith(beginning) {
    return this.words.filter((word) => word.startsWith(beginning));
  }
}

export const NOWHERE = new Int32Array(0);

/** Steps in exponential Golomb codes, whose order is the first byte, as places. */
function placesIn(content) {
  if (content.length === 0) return NOWHERE;
  const order = content[0];
  const found = new Int32Array(8 * (content.length - 1));
  const end = 8 * content.length;
  let count = 0;
  let place = -1;
  let at = 8;
  for (;;) {
    let zeros = 0;
    while (at < end && !((content[at >> 3] >> (7 - (at & 7))) & 1)) {
      zeros += 1;
      at += 1;
    }
    if (at === end) return found.slice(0, count);
    let value = 0;
    for (let digits = zeros + order + 1; digits > 0; ) {
      const here = Math.min(digits, 8 - (at & 7));
      value = (value << here) | ((content[at >> 3] >> (8 - (at & 7) - here)) & ((1 << here) - 1));
      at += here;
      digits -= here;
    }
    place += value - (1 << order) + 1;
    found[count] = place;
    count += 1;
  }
}
