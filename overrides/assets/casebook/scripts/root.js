// Where the site lies: it works from any sub-path.

/** Address of the site's root, ending in a slash. */
export const root = new URL(document.documentElement.dataset.cbRoot || "./", location.href);

/** Address of something in the site, given relative to its root. */
export function inSite(address) {
  return new URL(address, root);
}
