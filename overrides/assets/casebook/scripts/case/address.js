// Addresses that open a case at a line, a moment or a thing: #q042, #t=83, #q042&play, ?play=1#q042.

/** What an address asks for: an element's id, a moment in seconds, and whether to play. */
export function placeFrom(location) {
  const parts = decodeURIComponent(location.hash.slice(1)).split("&");
  const play = parts.includes("play") || new URLSearchParams(location.search).get("play") === "1";
  const time = parts.find((part) => /^t=\d+(\.\d+)?$/.test(part));
  const id = parts.find((part) => part && part !== "play" && !part.startsWith("t=")) ?? "";
  return { id, seconds: time ? Number(time.slice(2)) : null, play };
}

/** Unfold whatever hides the thing of that id, and show it. */
export function revealTarget(id) {
  const target = id ? document.getElementById(id) : null;
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({ block: "start", behavior: "instant" });
}

/** Show the place again when everything has loaded and may have moved it, unless the reader has begun to read. */
export function stayWhileLoading(show) {
  if (document.readyState === "complete") return;
  const reading = new AbortController();
  for (const name of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(name, () => reading.abort(), { signal: reading.signal, passive: true });
  }
  addEventListener("load", () => (show(), reading.abort()), { signal: reading.signal });
}

/** The address of a line of this page, to be sent to somebody. */
export function addressOf(id) {
  return `${location.origin}${location.pathname}#${id}`;
}
