// Through whose eyes a reader looks: a department, remembered in this browser for all lists and cases and sent nowhere.

import { root } from "./root.js";

const key = `${root.pathname}casebook.eyes`;

/** The department that was chosen last; empty for all, and where storage is switched off. */
export function rememberedEyes() {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** Remember a department; an empty one forgets. Where storage is switched off the choice lasts as long as the page. */
export function rememberEyes(department) {
  try {
    if (department) localStorage.setItem(key, department);
    else localStorage.removeItem(key);
  } catch {
    // see above
  }
}

/** Whether the reader came here by a link of this site: what it asks for is then the reader's own choice. */
export function cameFromThisSite() {
  return document.referrer.startsWith(root.href);
}
