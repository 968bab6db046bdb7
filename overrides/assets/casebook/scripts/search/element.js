// Elements made in one go.

/** A new element with attributes and children; `null` children and `null` or `false` attributes are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (attribute.startsWith("on")) made.addEventListener(attribute.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(attribute, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const ICONS = {
  play: '<path class="cb-icon-solid" d="M5 3.2v9.6L12.8 8z"/>',
  pause: '<path class="cb-icon-solid" d="M4 3h3v10H4zM9 3h3v10H9z"/>',
  cross: '<path d="m4 4 8 8M12 4l-8 8"/>',
};

/** An icon of the product, drawn in the ink of the words beside it. */
export function icon(name) {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg class="cb-icon" viewBox="0 0 16 16" aria-hidden="true">${ICONS[name]}</svg>`;
  return holder.content.firstChild;
}

/** A place in a recording as listeners read it: 1:23, or 1:02:03 from an hour on. */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (figure) => String(figure).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  return whole >= 3600
    ? `${Math.floor(whole / 3600)}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}
