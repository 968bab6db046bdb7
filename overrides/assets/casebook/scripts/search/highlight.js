// On the page a result leads to: the words that were searched for are marked.

import { text } from "../texts.js";
import { element } from "./element.js";
import { marksIn } from "./matches.js";
import { parse } from "./query.js";

const NAME = "cb-search";
const MOST_MARKS = 500;

/** Mark the words of `typed` in the page; returns in how many places. */
export function highlight(typed, root = document.querySelector("main") ?? document.body) {
  const terms = parse(typed).required;
  if (terms.length === 0) return 0;
  const ranges = [];
  for (const block of blocksOf(root)) {
    for (const [start, end] of marksIn(block.map((node) => node.data).join(""), terms)) {
      ranges.push(...rangesOf(block, start, end));
      if (ranges.length >= MOST_MARKS) return show(ranges);
    }
  }
  return show(ranges);
}

/** Offer to play the line that the address leads to, where the page has its recording. The player listens to `data-play`. */
export function offerToPlay(id) {
  const line = id && document.querySelector(".cb-player") ? document.getElementById(id) : null;
  if (!line?.matches("[data-s]") || line.querySelector("[data-play]")) return;
  line.append(" ", element("button", { type: "button", class: "cb-play cb-play-found", "data-play": id }, text("Play from here")));
}

/** The text nodes of each line of the page: words may run across inline elements, not across blocks. */
function blocksOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("script, style, svg, button, select, [hidden]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const blocks = new Map();
  while (walker.nextNode()) {
    const block = walker.currentNode.parentElement.closest("p, li, td, th, dt, dd, h1, h2, h3, h4, blockquote, figcaption, div");
    if (!blocks.has(block)) blocks.set(block, []);
    blocks.get(block).push(walker.currentNode);
  }
  return blocks.values();
}

function rangesOf(block, start, end) {
  const ranges = [];
  let at = 0;
  for (const node of block) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, node.length);
    if (from < to) {
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, to);
      ranges.push(range);
    }
    at += node.length;
  }
  return ranges;
}

function show(ranges) {
  if (typeof Highlight === "function" && CSS.highlights) CSS.highlights.set(NAME, new Highlight(...ranges));
  // From the end, because each mark splits the text node that earlier ranges count in.
  else for (const range of ranges.toReversed()) range.surroundContents(document.createElement("mark"));
  return ranges.length;
}
