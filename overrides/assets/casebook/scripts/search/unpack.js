// Files of the index are packed where they are made: not every server packs what it sends.

import { concatenated } from "./arrays.js";

const PACKED = [0x1f, 0x8b];

/** The bytes of the file at `url` as they lie there. Throws for one that is missing. */
export async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** `content` unpacked. A server may have done so already, or have had the browser do it. Throws when it is damaged. */
export async function unpacked(content) {
  if (!PACKED.every((byte, place) => content[place] === byte)) return content;
  const { readable, writable } = new DecompressionStream("gzip");
  // Straight from and to memory, five times as fast as through a Blob and a Response.
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(content), writer.close()]);
  written.catch(() => {}); // The reader below is told of the same.
  const pieces = [];
  const reader = readable.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) pieces.push(value);
  return concatenated(pieces);
}

/** What the JSON at `url` says. Throws for one that is missing or damaged. */
export async function loadJson(url) {
  return JSON.parse(new TextDecoder().decode(await unpacked(await load(url))));
}
