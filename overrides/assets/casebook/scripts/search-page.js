// The search page: what is typed and chosen stands in the address, and the results below.

import { inSite } from "./root.js";
import { read, write } from "./search/address.js";
import { element, icon } from "./search/element.js";
import { IndexMissing, openIndex } from "./search/engine.js";
import { choosesLines, FACETS, Findings } from "./search/facets.js";
import { drawFacets, facetName } from "./search/facet-list.js";
import { literalFirst } from "./search/literal.js";
import { emptyPage, nearest } from "./search/nothing-found.js";
import { casesOf, inOrder } from "./search/order.js";
import { stop } from "./search/play.js";
import { parse } from "./search/query.js";
import { resultOf } from "./search/results.js";
import { belongsToInputMethod, isWriting, whenTyped } from "./search/typing.js";
import { text, textForCount } from "./texts.js";

const RESULTS_AT_ONCE = 10;
const PAUSE_MS = 120;

const page = document.querySelector("[data-cb-search-page]");
const part = (name) => page.querySelector(`[data-cb-search-${name}]`);
const input = part("input");
const results = part("results");
const asked = read();
let turn = 0;
let pause = 0;

input.value = asked.typed;
whenTyped(input, {
  changed: () => {
    clearTimeout(pause);
    setState("busy");
    pause = setTimeout(take, PAUSE_MS);
  },
  submitted: (event) => {
    event.preventDefault();
    clearTimeout(pause);
    take();
  },
});
for (const kind of ["input", "compositionstart"]) input.addEventListener(kind, warm, { once: true });
for (const button of page.querySelectorAll("[data-cb-sort]")) button.addEventListener("click", () => sortBy(button.dataset.cbSort));
document.addEventListener("keydown", onKey, { capture: true });
addEventListener("pagehide", stop);
if (!matchMedia("(min-width: 60em)").matches) part("filters").open = false;
if (!location.hash) input.focus({ preventScroll: true });
run();

/** While somebody is typing, what every query needs can come. */
function warm() {
  openIndex().then(
    (index) => index.warm(),
    () => {}, // `run` tells of it.
  );
}

function take() {
  if (asked.typed !== input.value) asked.widen = true;
  asked.typed = input.value;
  run();
}

function sortBy(sort) {
  asked.sort = sort;
  run();
}

function choose(facet, value, chosen) {
  asked.chosen.get(facet)[chosen ? "add" : "delete"](value);
  run();
}

function clearChoices() {
  for (const facet of FACETS) asked.chosen.get(facet).clear();
  run();
}

function setState(state) {
  document.documentElement.dataset.searchState = state;
}

/** Answer what is asked now; an answer that comes late is dropped. */
async function run() {
  turn += 1;
  const mine = turn;
  setState("busy");
  history.replaceState(history.state, "", write(asked));
  stop();
  try {
    const answer = await answerTo(asked);
    if (mine === turn) await draw(answer, mine);
  } catch (error) {
    if (mine !== turn) return;
    if (!(error instanceof IndexMissing)) throw error;
    drawMissing();
  } finally {
    if (mine === turn) setState("done");
  }
}

/** `{ index, query, findings, all, shown, ... }`: numbers of all records that hold the query, and of those that fit the choices. */
async function answerTo({ typed, chosen, sort, widen }) {
  const index = await openIndex();
  const parsed = parse(typed, { synonyms: widen ? index.synonyms : [] });
  const { scores, query, near } = await index.findOrComeNear(parsed);
  const nothingAsked = scores === null;
  const unreadable = nothingAsked && typed.trim() !== "";
  const all = nothingAsked ? (unreadable ? [] : casesOf(index)) : inOrder(index, scores, sort);
  const findings = new Findings(index.catalogue, all, scores);
  return { index, parsed, query, scores, near, unreadable, asking: !nothingAsked, findings, all, shown: findings.fitting(chosen) };
}

async function draw(answer, mine) {
  const { index, query, scores, findings, asking, shown } = answer;
  const first = await loaded(index, shown.slice(0, RESULTS_AT_ONCE), query, scores);
  if (mine !== turn) return;
  const empty = shown.length > 0 ? [] : await emptyPage(answer, { clearChoices });
  const near = answer.near ? await nearest(index, answer.parsed) : [];
  if (mine !== turn) return;
  const best = asked.sort === "relevance" ? literalFirst(first.records, query) : first.records;
  results.replaceChildren(...best.map((found) => drawn(index, found, query)));
  drawNotices({ ...answer, nearWords: near, failed: first.failed });
  drawFacets(part("facets"), findings.counted(asked.chosen), choose);
  drawChoices();
  part("sort").hidden = !asking || shown.length < 2;
  for (const button of page.querySelectorAll("[data-cb-sort]"))
    button.setAttribute("aria-pressed", String(button.dataset.cbSort === asked.sort));
  part("count").textContent = textForCount("{count} found", "{count} found", shown.length);
  drawMore(index, query, scores, shown.slice(RESULTS_AT_ONCE));
  part("empty").hidden = shown.length > 0;
  part("empty").replaceChildren(...empty);
}

function drawn(index, { number, record }, query) {
  return resultOf(record, { query, chosen: asked.chosen, facets: facetsOf(index, number) });
}

/** The records of these numbers: with the lines that answer, all of them where a choice leads to lines, else without. */
async function loaded(index, numbers, query, scores) {
  const whole = query.required.length === 0;
  const load = (number) => index.record(number, whole ? null : scores.get(number));
  const withLines = !whole || choosesLines(asked.chosen);
  const settled = await Promise.allSettled(numbers.map((number) => (withLines ? load(number) : index.card(number))));
  const records = settled.flatMap(({ status, value }, place) =>
    status === "fulfilled" ? [{ number: numbers[place], record: value }] : [],
  );
  return { records, failed: settled.length - records.length };
}

function drawMore(index, query, scores, rest) {
  const holder = part("more");
  holder.replaceChildren();
  if (rest.length === 0) return;
  const label = textForCount("Show the next {count}", "Show the next {count}", Math.min(rest.length, RESULTS_AT_ONCE));
  const button = element("button", { type: "button", class: "cb-button" }, label);
  button.addEventListener("click", async () => {
    const mine = turn;
    button.disabled = true;
    const { records } = await loaded(index, rest.slice(0, RESULTS_AT_ONCE), query, scores);
    if (mine !== turn) return;
    const added = records.map((found) => drawn(index, found, query));
    results.append(...added);
    added[0]?.querySelector("a").focus();
    drawMore(index, query, scores, rest.slice(RESULTS_AT_ONCE));
  });
  holder.append(button);
}

function drawNotices({ index, parsed, query, near, nearWords, failed }) {
  const words = (list) => list.join(text(", "));
  const notices = [
    query.shortened ? [text("Only the beginning of this very long query was used.")] : null,
    near
      ? [text("Nothing holds exactly these words. These pages hold: {words}", { words: words(query.required.map(({ said }) => said)) }), ...nearWords]
      : null,
    failed > 0 ? [textForCount("{count} result could not be loaded.", "{count} results could not be loaded.", failed)] : null,
    index.failedParts > 0 ? [text("A part of the search index is missing or damaged. These are the results of the rest.")] : null,
  ];
  part("notices").replaceChildren(...notices.filter(Boolean).map((notice) => element("div", { class: "cb-notice" }, ...notice)));
  drawWidening(index, parsed, near);
}

/** Which synonyms were looked for besides, and the way to do without them, or with them again. */
function drawWidening(index, parsed, near) {
  const also = parsed.required.flatMap(({ widened }) => widened);
  const could = asked.widen ? also : parse(asked.typed, { synonyms: index.synonyms }).required.flatMap(({ widened }) => widened);
  const holder = part("widening");
  holder.replaceChildren();
  if (could.length === 0 || near) return;
  const words = [...new Set(could)].join(text(", "));
  const says = asked.widen ? text("{words} was looked for too.", { words }) : text("Only the words as typed were looked for.");
  const label = asked.widen ? text("Look for the typed words only") : text("Look for {words} too", { words });
  const button = element("button", { type: "button", class: "cb-facet-more" }, label);
  button.addEventListener("click", () => {
    asked.widen = !asked.widen;
    run();
    input.focus();
  });
  holder.append(element("span", {}, says), " ", button);
}

function drawChoices() {
  const chips = [...asked.chosen].flatMap(([facet, values]) =>
    [...values].map((value) => {
      const label = text("Remove {facet}: {value}", { facet: facetName(facet), value });
      const chip = element("button", { type: "button", class: "cb-choice", "aria-label": label }, value, icon("cross"));
      chip.addEventListener("click", () => choose(facet, value, false));
      return chip;
    }),
  );
  part("choices").replaceChildren(...chips);
}

function drawMissing() {
  results.replaceChildren();
  part("count").textContent = "";
  part("more").replaceChildren();
  part("facets").replaceChildren();
  part("sort").hidden = true;
  part("notices").replaceChildren();
  part("widening").replaceChildren();
  const empty = part("empty");
  empty.hidden = false;
  empty.replaceChildren(
    element("p", {}, text("Search cannot be used right now: its index is missing or damaged.")),
    element("p", {}, element("a", { href: inSite("cases/").href }, text("Go to the list of cases"))),
  );
}

function facetsOf({ catalogue }, number) {
  return Object.fromEntries(
    Object.entries(catalogue.facets).map(([facet, { values, of }]) => [facet, of[number].map((index) => values[index])]),
  );
}

/** `/` goes to the field, arrows through the results, Escape back and then empties the field. */
function onKey(event) {
  if (belongsToInputMethod(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...results.querySelectorAll("[data-search-result] a")];
  const place = links.indexOf(document.activeElement);
  const inField = document.activeElement === input;
  if (event.key === "/" && !isWriting(event.target)) go(event, input);
  else if (event.key === "ArrowDown" && (inField || place >= 0)) go(event, links[place + 1]);
  else if (event.key === "ArrowUp" && place >= 0) go(event, links[place - 1] ?? input);
  else if (event.key === "Escape" && place >= 0) go(event, input);
  else if (event.key === "Escape" && inField && input.value) {
    event.preventDefault();
    input.value = "";
    take();
  }
}

function go(event, target) {
  event.preventDefault();
  event.stopPropagation();
  target?.focus();
  if (target === input) input.select();
}
