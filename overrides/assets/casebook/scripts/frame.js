// What the frame does around every page: the menu on narrow screens, the place in the table of contents, wide tables.

import { text } from "./texts.js";

const contents = document.querySelector("[data-cb-contents]");
if (contents) followContents(contents);

for (const scroller of document.querySelectorAll(".cb-table-scroll")) {
  new ResizeObserver(() => reachByKeyboard(scroller)).observe(scroller);
}

const menuButton = document.querySelector("[data-cb-menu]");
if (menuButton) {
  menuButton.hidden = false;
  menuButton.addEventListener("click", () => openMenu(menuButton));
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const input = document.querySelector("[data-cb-search] input");
  if (!input?.checkVisibility()) return;
  event.preventDefault();
  input.focus();
});

/** A table wider than the screen can be scrolled by the arrow keys; one that fits is no stop on the way. */
function reachByKeyboard(scroller) {
  const needed = scroller.scrollWidth > scroller.clientWidth && !scroller.querySelector("a, button, [tabindex]");
  scroller.toggleAttribute("tabindex", needed);
  if (!needed) return;
  scroller.tabIndex = 0;
  const heading = scroller.closest("section")?.querySelector(":is(h2, h3)[id]");
  if (!heading) return;
  scroller.setAttribute("role", "group");
  scroller.setAttribute("aria-labelledby", heading.id);
}

/** Mark the entry of the part that is being read. */
function followContents(navigation) {
  const links = new Map();
  for (const link of navigation.querySelectorAll("a")) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (part) links.set(part, link);
  }
  const parts = [...links.keys()];
  let current = null;

  function mark() {
    const line = innerHeight * 0.3;
    const part = parts.findLast((candidate) => candidate.getBoundingClientRect().top <= line) ?? null;
    if (part === current) return;
    links.get(current)?.removeAttribute("aria-current");
    links.get(part)?.setAttribute("aria-current", "location");
    current = part;
  }

  let planned = false;
  addEventListener(
    "scroll",
    () => {
      if (planned) return;
      planned = true;
      requestAnimationFrame(() => {
        planned = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}

/** The main pages and the table of contents in a sheet from the left; the browser keeps the focus in it. */
function openMenu(button) {
  const menu = document.createElement("dialog");
  menu.className = "cb-menu";
  menu.setAttribute("aria-label", text("Menu"));

  const close = document.createElement("button");
  close.type = "button";
  close.className = "cb-header-button cb-menu-close";
  close.innerHTML =
    '<svg class="cb-icon" viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8M12 4l-8 8"/></svg><span class="cb-unseen"></span>';
  close.lastElementChild.textContent = text("Close");
  close.addEventListener("click", () => menu.close());
  menu.append(close);

  for (const source of document.querySelectorAll("[data-cb-tabs], [data-cb-contents]")) {
    const copy = source.cloneNode(true);
    for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
    if (copy.hasAttribute("aria-labelledby")) {
      copy.removeAttribute("aria-labelledby");
      copy.setAttribute("aria-label", text("On this page"));
    }
    menu.append(copy);
  }

  menu.addEventListener("click", (event) => {
    if (event.target === menu || event.target.closest("a")) menu.close();
  });
  menu.addEventListener("close", () => {
    menu.remove();
    button.setAttribute("aria-expanded", "false");
  });
  document.body.append(menu);
  button.setAttribute("aria-expanded", "true");
  menu.showModal();
}
