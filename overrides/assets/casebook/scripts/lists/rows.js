// The rows of a list, by their number in the whole of it. Those of other pages are fetched when they are to be seen.

/** The list has changed since this page was loaded: its rows have other numbers now. */
export class ListChangedError extends Error {}

export class Rows {
  /** `whole` says how the other pages are found (listing.WholeList); null when this is the only page. */
  constructor(whole) {
    this.whole = whole;
    this.pager = document.querySelector("[data-cb-pager]");
    this.elements = new Map();
    this.numbers = new Map();
    this.pages = new Map();
    this.own = this.#keep(document, whole ? whole.first : 0);
    if (whole) this.pages.set(Math.floor(whole.first / whole.rowsOnAPage), Promise.resolve());
  }

  /** Show the rows of these numbers, in their order or in that of `compare`, and hide all others. */
  show(numbers, compare = null) {
    const seen = new Set(numbers);
    for (const [number, element] of this.elements) element.hidden = !seen.has(number);
    if (compare) {
      const list = document.querySelector("[data-cb-list]");
      list.append(...numbers.map((number) => this.elements.get(number)).filter(Boolean).sort(compare));
    } else {
      this.#order();
    }
  }

  /** Fetch the pages on which these rows stand. Throws ListChangedError; pages out of reach are left out. */
  async bring(numbers) {
    if (!this.whole) return;
    const pages = new Set(numbers.map((number) => Math.floor(number / this.whole.rowsOnAPage)));
    await Promise.all([...pages].map((page) => this.#page(page)));
  }

  #page(page) {
    if (!this.pages.has(page)) {
      const coming = this.#fetch(page);
      this.pages.set(page, coming);
      coming.catch(() => this.pages.delete(page));
    }
    return this.pages.get(page);
  }

  async #fetch(page) {
    const address = new URL(page === 0 ? this.whole.href : `${this.whole.href}page-${page + 1}/`, location.href);
    let answer;
    try {
      answer = await fetch(address);
    } catch {
      this.pages.delete(page); // no connection: asked again with the next choice
      return;
    }
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (other.querySelector("[data-cb-filters]")?.dataset.cbMarks !== this.whole.marks) throw new ListChangedError();
    for (const link of other.querySelectorAll("[data-cb-item] a[href]")) {
      link.href = new URL(link.getAttribute("href"), address);
    }
    const rows = this.#keep(other, page * this.whole.rowsOnAPage);
    for (const row of rows) this.elements.get(row).hidden = true;
    this.#adopt(other);
  }

  /** Number the rows of a page, the first of which is `first`; the numbers. */
  #keep(page, first) {
    return [...page.querySelectorAll("[data-cb-item]")].map((element, place) => {
      this.elements.set(first + place, element);
      this.numbers.set(element, first + place);
      return first + place;
    });
  }

  /** Put rows into the group to which they belong, and groups that are new into their place. */
  #adopt(page) {
    for (const list of page.querySelectorAll("[data-cb-list]")) {
      const group = list.closest("[data-cb-group]");
      const home = group
        ? document.querySelector(`[data-cb-group="${group.dataset.cbGroup}"] [data-cb-list]`)
        : document.querySelector("[data-cb-list]");
      if (home) home.append(...list.children);
      else document.querySelector("[data-cb-more]").before(group);
    }
    const groups = [...document.querySelectorAll("[data-cb-group]")];
    const firstOf = (group) => Math.min(...[...group.querySelectorAll("[data-cb-item]")].map((row) => this.numbers.get(row)));
    groups.sort((a, b) => firstOf(a) - firstOf(b));
    for (const group of groups) document.querySelector("[data-cb-more]").before(group);
  }

  /** Rows stand in the order of their numbers. */
  #order() {
    for (const list of document.querySelectorAll("[data-cb-list]")) {
      const rows = [...list.children];
      const sorted = [...rows].sort((a, b) => this.numbers.get(a) - this.numbers.get(b));
      if (sorted.some((row, place) => row !== rows[place])) list.append(...sorted);
    }
  }
}
