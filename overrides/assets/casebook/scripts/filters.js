// Narrows a list down while the reader chooses, and keeps the choice in the address, so that it can be sent to a colleague.
//
// A long list comes in several pages; as soon as something is chosen, the whole list is searched by its marks, and the
// rows that match are fetched from their pages, the first of them at once.

import { cameFromThisSite, rememberEyes, rememberedEyes } from "./eyes.js";
import { Marks } from "./lists/marks.js";
import { ListChangedError, Rows } from "./lists/rows.js";
import { language, text, textForCount } from "./texts.js";

const STEP = 40; // rows of a long list that are shown at once

const form = document.querySelector("[data-cb-filters]");
if (form) start(form);

function start(form) {
  const status = form.querySelector("[data-cb-count]");
  const clear = form.querySelector("[data-cb-clear]");
  const purpose = form.querySelector("[data-cb-purpose]");
  const nothing = document.querySelector("[data-cb-nothing]");
  const pager = document.querySelector("[data-cb-pager]");
  const more = document.querySelector("[data-cb-more]");
  const fields = [...form.elements].filter((field) => field.name);
  const names = [...new Set(fields.map((field) => field.name).filter((name) => name !== "sort"))];
  const markOf = Object.fromEntries(names.map((name) => [name, name]));
  for (const field of fields) if (field.dataset.asks) markOf[field.name] = field.dataset.asks;

  const total = Number(status.dataset.total);
  const byTitle = new Intl.Collator(language).compare;
  const rows = new Rows(wholeList(form));
  let marks = rows.whole ? null : Promise.resolve(Marks.ofRows([...rows.elements.values()], Object.values(markOf)));
  let room = STEP;
  let latest = 0;

  takeFromAddress();
  foldOnPhones();
  form.addEventListener("input", (event) => {
    if (event.target.name === "eyes") rememberEyes(event.target.value);
    room = STEP;
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  clear.addEventListener("click", (event) => {
    event.preventDefault();
    form.reset();
    showAll();
  });
  more?.addEventListener("click", showMore);
  addEventListener("popstate", () => {
    takeFromAddress();
    show();
  });
  show();

  /** On a phone conditions and groups would fill many screens; narrow.css and lists.css know the same width. */
  function foldOnPhones() {
    const conditions = form.querySelector("[data-cb-narrow-more]");
    const rare = form.querySelector("[data-cb-narrow-rare]");
    if (rare && [...rare.querySelectorAll("select")].some((field) => field.value)) rare.open = true;
    const narrow = matchMedia("(width < 46em)");
    const fold = () => {
      conditions.open = !narrow.matches || [...conditions.querySelectorAll("select")].some((field) => field.value);
      for (const group of document.querySelectorAll("[data-cb-fold]")) group.open = !narrow.matches;
      openGroupOf(location.hash);
    };
    fold();
    narrow.addEventListener("change", fold);
    addEventListener("hashchange", () => openGroupOf(location.hash));
  }

  /** Who follows a link to a group wants to see what is in it. */
  function openGroupOf(hash) {
    const group = document.getElementById(hash.slice(1))?.closest("[data-cb-group]");
    for (const folded of group?.querySelectorAll("[data-cb-fold]") ?? []) folded.open = true;
  }

  /** The choice made in the form: name -> value, without what was left open. */
  function choice() {
    return new Map([...new FormData(form)].filter(([, value]) => value));
  }

  /** The button goes with the last condition: who pressed it by keyboard is put where conditions begin. */
  function showAll() {
    const left = document.activeElement === clear;
    if (markOf.eyes) rememberEyes("");
    room = STEP;
    show();
    if (left) [...form.querySelectorAll("input:checked, summary, select")].find((field) => field.checkVisibility())?.focus();
  }

  async function show() {
    latest += 1;
    const turn = latest;
    const chosen = choice();
    rememberInAddress(chosen);
    tellPurpose();
    clear.hidden = chosen.size === 0;
    for (const field of form.querySelectorAll("select")) field.classList.toggle("cb-chosen", field.value !== "");
    if (chosen.size === 0) return showThisPage();
    const searched = await marksOfAll();
    if (turn !== latest) return; // the reader has gone on choosing

    const sort = chosen.get("sort");
    const conditions = [...chosen].filter(([name]) => name !== "sort").map(([name, value]) => [markOf[name], value]);
    const found = searched.matching(conditions);
    countOptions(searched, chosen);
    nothing.hidden = found.length > 0;
    if (searched.total < total) {
      status.textContent = text("No connection: only this page was searched");
    } else if (conditions.length > 0) {
      status.textContent = text("{shown} of {total}", { shown: number(found.length), total: number(total) });
    } else {
      tellTotal();
    }

    const seen = rows.whole && !sort ? found.slice(0, room) : found;
    if (searched.total === total) {
      try {
        await rows.bring(seen);
      } catch (error) {
        if (!(error instanceof ListChangedError)) throw error;
        status.textContent = text("The list has changed. Please load the page again.");
        return;
      }
      if (turn !== latest) return;
    }
    rows.show(searched.total === total ? seen : seen.map((place) => rows.own[place]), sortedBy(sort));
    showGroups(conditions.length > 0, searched.counts(form.dataset.cbGroups, found));
    if (pager) pager.hidden = true;
    offerMore(found.length - seen.length);
  }

  /** Nothing is chosen: the rows that came with the page, and the way to the others. */
  async function showThisPage() {
    rows.show(rows.own);
    nothing.hidden = true;
    tellTotal();
    if (pager) pager.hidden = false;
    offerMore(0);
    const turn = latest;
    const whole = marks ? await marks : null;
    if (turn !== latest) return;
    if (whole?.total === total) {
      const all = whole.matching([]);
      countOptions(whole, new Map());
      showGroups(false, whole.counts(form.dataset.cbGroups, all));
    } else {
      showGroups(false, new Map());
    }
  }

  function tellTotal() {
    status.textContent = textForCount("{count} entry", "{count} entries", total);
  }

  /** The marks of the whole list; those of this page while the others are out of reach. */
  function marksOfAll() {
    if (!marks) {
      status.textContent = text("Searching the whole list ...");
      const asked = Marks.fetched(new URL(rows.whole.href + rows.whole.marks, location.href)).catch(() => {
        marks = null;
        return Marks.ofFigures(rows.own.length, rows.whole.own);
      });
      marks = asked;
      return asked;
    }
    return marks;
  }

  /** How many would be left by each option, the other choices being as they are. */
  function countOptions(searched, chosen) {
    for (const name of names) {
      const others = [...chosen].filter(([other]) => other !== name && other !== "sort");
      const left = searched.matching(others.map(([other, value]) => [markOf[other], value]));
      const counts = searched.counts(markOf[name], left);
      for (const field of form.querySelectorAll(`[name="${name}"]`)) {
        if (field instanceof HTMLSelectElement) {
          for (const option of field.options) {
            if (!option.value) continue;
            const count = counts.get(option.value) ?? 0;
            option.textContent = `${option.dataset.label} (${number(count)})`;
            option.disabled = count === 0 && !option.selected;
          }
        } else {
          const place = field.closest("label").querySelector("[data-cb-option-count]");
          if (place) place.textContent = number(counts.get(field.value) ?? 0);
        }
      }
    }
  }

  /** `counts`: how many rows of the whole list, as it is narrowed down, belong to each group. */
  function showGroups(narrowed, counts) {
    for (const group of document.querySelectorAll("[data-cb-group]")) {
      const seen = [...group.querySelectorAll("[data-cb-item]")].some((row) => !row.hidden);
      group.hidden = !seen;
      if (narrowed) for (const folded of group.querySelectorAll("[data-cb-fold]")) folded.open = true;
      const place = group.querySelector("[data-cb-group-count]");
      const count = counts.get(group.dataset.cbGroup);
      if (place && count !== undefined) place.textContent = number(count);
    }
  }

  function sortedBy(sort) {
    if (!form.elements.sort) return null;
    if (sort === "title") return (a, b) => byTitle(a.dataset.title, b.dataset.title);
    return (a, b) => b.dataset.date.localeCompare(a.dataset.date) || rows.numbers.get(a) - rows.numbers.get(b);
  }

  /** The rest of what was found, some at a time. */
  function offerMore(left) {
    if (!more) return;
    more.hidden = left <= 0;
    const step = Math.min(left, STEP);
    more.querySelector("button").textContent = textForCount("Show {count} more", "Show {count} more", step);
  }

  async function showMore() {
    room += STEP;
    const before = new Set([...document.querySelectorAll("[data-cb-item]:not([hidden])")]);
    await show();
    const fresh = [...document.querySelectorAll("[data-cb-item]:not([hidden])")].find((row) => !before.has(row));
    if (more.hidden) fresh?.querySelector("a[href]")?.focus({ preventScroll: true });
  }

  function tellPurpose() {
    if (!purpose) return;
    const wanted = form.querySelector('[name="eyes"]:checked')?.dataset.purpose;
    purpose.hidden = !wanted;
    purpose.querySelector("q").textContent = wanted ?? "";
  }

  /** An address that asks for something shows the same to everybody; a bare one opens through the reader's own eyes. */
  function takeFromAddress() {
    const asked = new URLSearchParams(location.search);
    form.reset();
    for (const name of [...names, "sort"]) {
      const value = asked.get(name);
      if (value === null || !form.elements[name]) continue;
      take(name, value);
    }
    if (!markOf.eyes) return;
    if ([...asked].length === 0) take("eyes", rememberedEyes());
    else if (asked.has("eyes") && cameFromThisSite()) rememberEyes(choice().get("eyes") ?? "");
  }

  function take(name, value) {
    form.elements[name].value = value;
    // A value that the list does not have leaves the field as it was.
    if (!form.elements[name].value && form.elements[name] instanceof HTMLSelectElement) form.elements[name].value = "";
  }

  function rememberInAddress(chosen) {
    const query = new URLSearchParams(chosen).toString();
    const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
    if (address !== location.pathname + location.search + location.hash) history.replaceState(null, "", address);
  }
}

function wholeList({ dataset }) {
  if (!dataset.cbWhole) return null;
  return {
    href: dataset.cbWhole,
    marks: dataset.cbMarks,
    rowsOnAPage: Number(dataset.cbRowsOnAPage),
    first: Number(dataset.cbFirst),
    own: JSON.parse(dataset.cbOwn),
  };
}

function number(value) {
  return new Intl.NumberFormat(language).format(value);
}
