// Narrows a list down while the reader chooses, and keeps the choice in the address, so that it can be sent to a colleague.
//
// A long list comes in several pages; as soon as something is chosen, the others are fetched and the whole list is searched.

import { language, text, textForCount } from "./texts.js";

const form = document.querySelector("[data-cb-filters]");
if (form) start(form);

function start(form) {
  const status = form.querySelector("[data-cb-count]");
  const clear = form.querySelector("[data-cb-clear]");
  const nothing = document.querySelector("[data-cb-nothing]");
  const pager = document.querySelector("[data-cb-pager]");
  const names = [...new Set([...form.elements].map((field) => field.name).filter((name) => name && name !== "sort"))];
  const total = Number(status.dataset.total);
  const byTitle = new Intl.Collator(language).compare;
  let items = rowsIn(document);
  let whole = pager ? null : Promise.resolve();

  takeFromAddress();
  foldOnPhones();
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(showAll)); // the fields are empty only after the event
  addEventListener("popstate", () => {
    takeFromAddress();
    show();
  });
  show();

  /** On a phone conditions and groups would fill many screens; narrow.css and lists.css know the same width. */
  function foldOnPhones() {
    const more = form.querySelector("[data-cb-narrow-more]");
    const narrow = matchMedia("(width < 46em)");
    const fold = () => {
      more.open = !narrow.matches || [...more.querySelectorAll("select")].some((field) => field.value);
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
    show();
    if (left) [...form.querySelectorAll("input:checked, summary, select")].find((field) => field.checkVisibility())?.focus();
  }

  async function show() {
    const chosen = choice();
    rememberInAddress(chosen);
    clear.hidden = chosen.size === 0;
    if (chosen.size > 0 && pager) await fetchAll();
    const current = choice();
    const sort = current.get("sort");
    current.delete("sort");

    let shown = 0;
    for (const item of items) {
      item.hidden = ![...current].every(([name, value]) => carries(item, name, value));
      if (!item.hidden) shown += 1;
    }
    order(sort);
    for (const group of document.querySelectorAll("[data-cb-group]")) showGroup(group, current.size > 0);
    if (pager) pager.hidden = choice().size > 0;
    nothing.hidden = shown > 0;
    status.textContent =
      current.size > 0
        ? text("{shown} of {total}", { shown: number(shown), total: number(total) })
        : textForCount("{count} entry", "{count} entries", total);
    if (items.length === total) countOptions(current);
  }

  /** How many would be left by each option, the other choices being as they are. */
  function countOptions(current) {
    for (const name of names) {
      const others = [...current].filter(([other]) => other !== name);
      const counts = new Map();
      for (const item of items) {
        if (!others.every(([other, value]) => carries(item, other, value))) continue;
        for (const value of valuesOf(item, name)) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      for (const field of form.querySelectorAll(`[name="${name}"]`)) {
        if (field instanceof HTMLSelectElement) {
          field.classList.toggle("cb-chosen", field.value !== "");
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

  function showGroup(group, narrowed) {
    const rows = [...group.querySelectorAll("[data-cb-item]")];
    const shown = rows.filter((row) => !row.hidden).length;
    group.hidden = narrowed && shown === 0;
    if (narrowed) for (const folded of group.querySelectorAll("[data-cb-fold]")) folded.open = true;
    const count = group.querySelector("[data-cb-group-count]");
    if (count) count.textContent = number(shown);
  }

  function order(sort) {
    const list = document.querySelector("[data-cb-list]");
    if (!form.elements.sort || !list) return;
    const newestFirst = (a, b) => b.dataset.date.localeCompare(a.dataset.date);
    const compare = sort === "title" ? (a, b) => byTitle(a.dataset.title, b.dataset.title) : newestFirst;
    list.append(...[...items].sort(compare));
  }

  /** Bring the rows of the other pages here. What cannot be fetched is left out. */
  function fetchAll() {
    whole ??= (async () => {
      const links = [...pager.querySelectorAll("li a")];
      status.textContent = text("Searching the whole list ...");
      const pages = await Promise.all(links.map((link) => fetchPage(link.href)));
      for (const page of pages) if (page) adopt(page);
      items = rowsIn(document);
    })();
    return whole;
  }

  async function fetchPage(address) {
    try {
      const response = await fetch(address);
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const link of page.querySelectorAll("[data-cb-item] a[href]")) {
        link.href = new URL(link.getAttribute("href"), address);
      }
      return page;
    } catch {
      return null; // no connection: the rows that are here can still be narrowed down
    }
  }

  function adopt(page) {
    for (const list of page.querySelectorAll("[data-cb-list]")) {
      const group = list.closest("[data-cb-group]");
      const home = group
        ? document.querySelector(`[data-cb-group="${group.dataset.cbGroup}"] [data-cb-list]`)
        : document.querySelector("[data-cb-list]");
      if (home) home.append(...list.children);
      else pager.before(group);
    }
  }

  function takeFromAddress() {
    const asked = new URLSearchParams(location.search);
    form.reset();
    for (const name of [...names, "sort"]) {
      const value = asked.get(name);
      if (value === null || !form.elements[name]) continue;
      form.elements[name].value = value;
      // A value that the list does not have leaves the field as it was.
      if (!form.elements[name].value && form.elements[name] instanceof HTMLSelectElement) {
        form.elements[name].value = "";
      }
    }
  }

  function rememberInAddress(chosen) {
    const query = new URLSearchParams(chosen).toString();
    const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
    if (address !== location.pathname + location.search + location.hash) history.replaceState(null, "", address);
  }
}

function rowsIn(page) {
  return [...page.querySelectorAll("[data-cb-item]")];
}

function valuesOf(item, name) {
  return (item.dataset[name] ?? "").split(" ").filter(Boolean);
}

function carries(item, name, value) {
  return valuesOf(item, name).includes(value);
}

function number(value) {
  return new Intl.NumberFormat(language).format(value);
}
