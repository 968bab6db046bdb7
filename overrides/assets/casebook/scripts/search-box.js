// The search field in the header, on every page: the first answers below it while typing, all of them on Enter.
// And on the page a result leads to: the words that were searched for are marked.


const field = document.querySelector("[data-cb-search] input");
if (field && !document.querySelector("[data-cb-search-page]")) {
  field.addEventListener("focus", async () => (await import("./search/suggestions.js")).suggest(field), { once: true });
}

const searched = new URLSearchParams(location.search).get("highlight");
if (searched) import("./search/highlight.js").then(({ highlight }) => highlight(searched));
