// The search fields in the header and on the home page: the first answers below them while typing, all of them on Enter.
// And on the page a result leads to: the words that were searched for are marked, and the line offers to be played.

const onSearchPage = document.querySelector("[data-cb-search-page]");
for (const field of onSearchPage ? [] : document.querySelectorAll("form[role=search] input[name=q]")) {
  field.addEventListener("focus", async () => (await import("./search/suggestions.js")).suggest(field), { once: true });
  if (field === document.activeElement) field.dispatchEvent(new FocusEvent("focus"));
}

const searched = new URLSearchParams(location.search).get("highlight");
if (searched) {
  import("./search/highlight.js").then(({ highlight, offerToPlay }) => {
    highlight(searched);
    offerToPlay(decodedHash());
  });
}

/** The id after the # of the address; empty when it is none. */
function decodedHash() {
  try {
    return decodeURIComponent(location.hash.slice(1)).split("&")[0];
  } catch {
    return "";
  }
}
