// Files of the index are packed where they are made: not every server packs what it sends.

const PACKED = [0x1f, 0x8b];

/** The bytes of the file at `url`, unpacked. Throws for one that is missing or damaged. */
export async function loadUnpacked(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  const content = await response.arrayBuffer();
  const head = new Uint8Array(content, 0, Math.min(PACKED.length, content.byteLength));
  // A server may have unpacked it already, or have had the browser do so.
  if (!PACKED.every((byte, place) => head[place] === byte)) return new Uint8Array(content);
  const plain = new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/** What the JSON at `url` says. Throws for one that is missing or damaged. */
export async function loadJson(url) {
  return JSON.parse(new TextDecoder().decode(await loadUnpacked(url)));
}
