// Words of the user interface in the reader's language. English text -> catalogue; the frame brings the catalogue along.

const holder = document.getElementById("cb-texts");
const catalogue = holder ? JSON.parse(holder.textContent) : {};

export const language = document.documentElement.lang || "ja";
const plural = new Intl.PluralRules(language);

/** The text for `message`, with `{name}` places filled from `values`. */
export function text(message, values = {}) {
  const found = catalogue[message];
  return fill(typeof found === "string" && found ? found : message, values);
}

/** The text for `count` things; `{count}` is filled with it. */
export function textForCount(singular, several, count, values = {}) {
  const forms = catalogue[singular];
  const form = plural.select(count) === "one" ? 0 : 1;
  const found = Array.isArray(forms) ? (forms[form] ?? forms.at(-1)) : form === 0 ? singular : several;
  return fill(found, { count: new Intl.NumberFormat(language).format(count), ...values });
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}
