// Light or dark, before the page is painted: a classic script in the head, because modules run too late for that.
// What the reader chose is remembered for this site; until then the page follows the system.
(() => {
  "use strict";
  const page = document.documentElement;
  page.dataset.cbScripts = "";
  if ("cbFixedScheme" in page.dataset) return;

  const root = new URL(page.dataset.cbRoot || "./", location.href).pathname;
  const key = `${root}casebook.scheme`;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is switched off: the choice lasts as long as the page
    }
  }

  function remember(scheme) {
    try {
      localStorage.setItem(key, scheme);
    } catch {
      // see above
    }
  }

  function show(scheme) {
    page.dataset.mdColorScheme = scheme;
    for (const button of document.querySelectorAll("[data-cb-palette]")) {
      const label = button.querySelector("[data-cb-palette-label]");
      label.textContent = scheme === "slate" ? button.dataset.toLight : button.dataset.toDark;
      button.hidden = false;
    }
  }

  function current() {
    return chosen() ?? (dark.matches ? "slate" : "default");
  }

  show(current());
  document.addEventListener("DOMContentLoaded", () => show(current()));
  dark.addEventListener("change", () => show(current()));
  addEventListener("storage", (event) => event.key === key && show(current()));

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-cb-palette]")) return;
    const scheme = page.dataset.mdColorScheme === "slate" ? "default" : "slate";
    remember(scheme);
    show(scheme);
  });

  // Paper is light, whatever the screen was.
  addEventListener("beforeprint", () => {
    page.dataset.mdColorScheme = "default";
  });
  addEventListener("afterprint", () => show(current()));
})();
