// How many visits a target needs, by the line that the page was made with. The same as generator/pages/accounts.py.

import { language, text } from "./texts.js";

const form = document.querySelector("[data-cb-target]");
if (form) answer(form);

function answer(form) {
  const line = Object.fromEntries(Object.entries(form.dataset).map(([name, value]) => [name, Number(value)]));
  const input = form.querySelector("input");
  const output = form.querySelector("output");
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });

  function show() {
    const target = input.valueAsNumber;
    if (!Number.isFinite(target) || target < 0) {
      output.textContent = "";
      return;
    }
    const { visits, low, high, oneLow, oneHigh } = needed(line, target);
    const words = [text("{visits} visits, between {low} and {high}", { visits, low, high })];
    words.push(
      text("A single account with that many lay between {low} and {high} thousand yen.", {
        low: figure.format(oneLow),
        high: figure.format(oneHigh),
      }),
    );
    if (visits > line.most) words.push(text("That is more than any year has seen: nobody knows whether the line goes on."));
    output.replaceChildren(...words.map(paragraph));
  }

  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}

/** The visits for a target of the mean: the least whole number, and all that the mean's interval allows (Fieller). */
function needed(line, target) {
  const squared = (line.t * line.error) ** 2;
  const distance = target - line.meanY;
  const steep = line.slope ** 2 - squared / line.sxx;
  const middle = (line.slope * distance) / steep;
  const spread = Math.sqrt(squared * (distance ** 2 / line.sxx + steep / line.n)) / steep;
  const visits = Math.max(0, Math.ceil((target - line.intercept) / line.slope - 1e-9));
  const width = line.t * line.error * Math.sqrt(1 + 1 / line.n + (visits - line.meanX) ** 2 / line.sxx);
  const at = line.intercept + line.slope * visits;
  return {
    visits,
    low: Math.max(0, Math.floor(line.meanX + middle - spread)),
    high: Math.max(0, Math.ceil(line.meanX + middle + spread)),
    oneLow: Math.max(0, at - width),
    oneHigh: Math.max(0, at + width),
  };
}

function paragraph(words) {
  const made = document.createElement("p");
  made.textContent = words;
  return made;
}
