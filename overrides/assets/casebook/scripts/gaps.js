// Value gaps of some of the cases: figures, lists and drawing are computed anew while the reader chooses, and the choice
// stays in the address.
//
// The rules are those of generator/knowledge/gaps.py and generator/pages/drawings/gaps.py. What the page shows of all
// cases is not touched until somebody chooses; choosing and taking back leads to the same page again.

import { figures, ZONES } from "./gaps/figures.js";
import { draw, readPlot } from "./gaps/plot.js";
import { language, text, textForCount } from "./texts.js";

const form = document.querySelector("[data-cb-slices]");
if (form) start(form);

function start(form) {
  const status = form.querySelector("[data-cb-status]");
  const clear = form.querySelector("[data-cb-clear]");
  const fields = [...form.querySelectorAll("select")];
  const rows = [...document.querySelectorAll("[data-cb-rows] > tr")];
  const entries = new Map([...document.querySelectorAll("[data-cb-lead] > li")].map((item) => [Number(item.dataset.cbEntry), item]));
  const plots = [...document.querySelectorAll("[data-cb-plot]")].map(readPlot);
  const whole = status.textContent;
  const fetched = once(async () => (await fetch(form.dataset.cbSlices)).json());

  takeFromAddress();
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(showAll)); // the fields are empty only after the event
  addEventListener("popstate", () => {
    takeFromAddress();
    show();
  });
  if (choice().length > 0) show();

  /** Name and value of each condition. */
  function choice() {
    return fields.filter((field) => field.value).map((field) => [field.name, field.value]);
  }

  /** The button goes with the last condition: who pressed it by keyboard is put where conditions begin. */
  async function showAll() {
    const left = document.activeElement === clear;
    await show();
    if (left) fields[0]?.focus();
  }

  async function show() {
    const chosen = choice();
    rememberInAddress(chosen);
    let slices;
    try {
      slices = await fetched();
    } catch {
      status.textContent = text("Could not be loaded. All cases are shown.");
      return;
    }
    const current = choice();
    const asked = places(slices, current);
    const inSlice = slices.cases.map(([marks]) => matches(marks, asked));
    const cases = slices.cases.filter((_, place) => inSlice[place]);
    const needs = figures(slices, cases, rows.length);
    const query = new URLSearchParams(current).toString();

    clear.hidden = current.length === 0;
    for (const field of fields) field.classList.toggle("cb-chosen", field.value !== "");
    const withNeeds = cases.filter(([, found]) => found.length > 0).length;
    status.textContent =
      current.length > 0 ? textForCount("{count} case of those with a value map", "{count} cases of those with a value map", withNeeds) : whole;
    countOptions(slices, current);
    showTable(needs, query);
    showLists(needs, inSlice);
    for (const plot of plots) draw(plot, needs);
    for (const [zone, name] of ZONES.entries()) {
      const led = needs.filter((need) => need.heard > 0 && need.lead === zone).length;
      for (const place of document.querySelectorAll(`[data-cb-led="${name}"]`)) place.textContent = number(led);
    }
    const sum = (pick) => number(cases.reduce((total, found) => total + pick(found), 0));
    put("[data-cb-unwanted]", sum(([, , ours]) => ours));
    put("[data-cb-unwanted-theirs]", sum(([, , , theirs]) => theirs));
    put("[data-cb-unmapped]", sum(([, found]) => found.filter(([need]) => need < 0).length));
    for (const item of document.querySelectorAll("li[data-cb-case]")) item.hidden = !inSlice[item.dataset.cbCase];
    for (const link of document.querySelectorAll("[data-cb-list]")) link.setAttribute("href", withQuery(link.dataset.cbList, query));
    document.querySelector("[data-cb-nothing]").hidden = withNeeds > 0;
  }

  function showTable(needs, query) {
    for (const row of rows) {
      const need = needs[row.dataset.cbEntry];
      row.hidden = need.heard === 0;
      if (row.hidden) continue;
      const list = `needs/?need=${row.dataset.cbNeedId}`;
      row.querySelector("[data-cb-mean]").textContent = number(need.mean);
      row.querySelector("[data-cb-total]").textContent = number(need.total);
      lead(row.querySelector("[data-cb-heard]"), need.heard, withQuery(list, query));
      for (const link of row.querySelectorAll("[data-cb-zone]")) {
        lead(link, need.counts[ZONES.indexOf(link.dataset.cbZone)], withQuery(`${list}&zone=${link.dataset.cbZone}`, query));
      }
      row.querySelector("[data-cb-winner]").textContent = winner(need);
    }
    const heaviest = [...rows].sort((a, b) => byWeight(needs)(Number(a.dataset.cbEntry), Number(b.dataset.cbEntry)));
    document.querySelector("[data-cb-rows]").append(...heaviest);
  }

  function showLists(needs, inSlice) {
    for (const [zone, name] of ZONES.entries()) {
      const list = document.querySelector(`[data-cb-lead="${name}"]`);
      const led = [...needs.keys()].filter((place) => needs[place].heard > 0 && needs[place].lead === zone);
      list.append(...led.sort(byWeight(needs)).map((place) => entries.get(place)));
      list.parentElement.querySelector("[data-cb-none]").hidden = led.length > 0;
    }
    for (const [place, entry] of entries) {
      const need = needs[place];
      entry.hidden = need.heard === 0;
      if (entry.hidden) continue;
      entry.querySelector("[data-cb-mean]").textContent = number(need.mean);
      entry.querySelector(".cb-gap-meter").style.setProperty("--cb-share", need.mean);
      entry.querySelector("[data-cb-reason]").textContent = reason(need);
      const quotes = [...entry.querySelectorAll("[data-cb-case]")];
      const first = quotes.find((quote) => inSlice[quote.dataset.cbCase]);
      for (const quote of quotes) quote.hidden = quote !== first;
    }
  }

  /** How many cases would be left by each option, the other conditions being as they are. */
  function countOptions(slices, current) {
    for (const field of fields) {
      const others = places(slices, current.filter(([name]) => name !== field.name));
      const left = slices.cases.filter(([marks]) => matches(marks, others));
      const facet = slices.names.indexOf(field.name);
      for (const option of field.options) {
        if (!option.value) continue;
        const value = slices.values[facet].indexOf(option.value);
        const count = left.filter(([marks]) => marks[facet].includes(value)).length;
        option.textContent = `${option.dataset.label} (${number(count)})`;
        option.disabled = count === 0 && !option.selected;
      }
    }
  }

  function takeFromAddress() {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = asked.get(field.name) ?? "";
      if (field.selectedIndex < 0) field.value = ""; // a value that the page does not have
    }
  }

  function rememberInAddress(chosen) {
    const query = new URLSearchParams(chosen).toString();
    const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
    if (address !== location.pathname + location.search + location.hash) history.replaceState(null, "", address);
  }
}

/** Conditions as places in the slices' lists of values: `[facet, value]`. */
function places(slices, chosen) {
  return chosen.map(([name, value]) => {
    const facet = slices.names.indexOf(name);
    return [facet, slices.values[facet].indexOf(value)];
  });
}

function matches(marks, asked) {
  return asked.every(([facet, value]) => marks[facet].includes(value));
}

function byWeight(needs) {
  return (a, b) => needs[b].total - needs[a].total || a - b;
}

function reason(need) {
  const values = { whole: number(need.heard), part: number(need.counts[need.lead]), rivals: need.winners };
  return [
    () => text("Heard {whole} times; in {part} of them only we meet it.", values),
    () => text("Heard {whole} times; in {part} of them both sides meet it.", values),
    () => text("Heard {whole} times; in {part} of them nobody meets it.", values),
    () => text("Heard {whole} times; in {part} of them only {rivals} meet it.", values),
  ][need.lead]();
}

function winner(need) {
  return [() => text("We"), () => text("Both"), () => text("Nobody"), () => need.winners][need.lead]();
}

/** A figure that leads to what it counts; nought leads nowhere. */
function lead(link, count, href) {
  link.textContent = number(count);
  if (count > 0) link.setAttribute("href", href);
  else link.removeAttribute("href");
}

function withQuery(href, query) {
  return query ? `${href}${href.includes("?") ? "&" : "?"}${query}` : href;
}

function put(selector, words) {
  for (const place of document.querySelectorAll(selector)) place.textContent = words;
}

function number(value) {
  return new Intl.NumberFormat(language).format(value);
}

function once(load) {
  let promise;
  return () => (promise ??= load());
}
