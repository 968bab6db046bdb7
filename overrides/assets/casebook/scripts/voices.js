// Words for use outside: one press puts them, with whose words they are, on the clipboard.

import { copyText } from "./copy.js";
import { text } from "./texts.js";

const COPIED_MS = 2000;

const status = document.createElement("p");
status.className = "cb-unseen";
status.setAttribute("role", "status");
document.querySelector(".cb-voices-page")?.append(status);

// Rows of other pages come later than this script (filters.js): new buttons are shown when they arrive.
reveal();
for (const list of document.querySelectorAll("[data-cb-list]")) {
  new MutationObserver(reveal).observe(list, { childList: true });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-cb-copy]");
  if (!button) return;
  const label = button.querySelector("span");
  const before = label.textContent;
  const done = await copyText(button.dataset.cbCopy);
  const said = done ? text("Copied") : text("Could not be copied");
  status.textContent = said;
  if (before === said) return;
  label.textContent = said;
  button.classList.toggle("cb-copied", done);
  setTimeout(() => {
    label.textContent = before;
    button.classList.remove("cb-copied");
  }, COPIED_MS);
});

function reveal() {
  for (const button of document.querySelectorAll("[data-cb-copy][hidden]")) button.hidden = false;
}
