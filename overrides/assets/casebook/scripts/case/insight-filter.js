// The insights of one department - that of a door on the first screen, or the one whose eyes are remembered - and all again.

import { rememberedEyes } from "../eyes.js";
import { text } from "../texts.js";

export function startInsightFilter(page) {
  const bar = page.querySelector(".cb-insights-filter");
  const insights = [...page.querySelectorAll(".cb-insight")];
  if (!bar || !insights.length) return;
  const status = bar.querySelector("[role=status]");
  const doors = [...page.querySelectorAll(".cb-doors [data-department]")];

  const showAll = () => {
    bar.hidden = true;
    for (const insight of insights) insight.hidden = false;
  };
  const showThrough = (door) => {
    for (const insight of insights) insight.hidden = !concerns(insight, door.dataset.department);
    bar.hidden = false;
    // What is put into a status is announced when the status is there already.
    requestAnimationFrame(() => status.replaceChildren(labelOf(door), text("Only the insights for the department you chose")));
  };

  bar.querySelector("button").addEventListener("click", () => {
    showAll();
    // The button is gone: who pressed it by keyboard reads on where the insights begin.
    insights[0].tabIndex = -1;
    insights[0].focus({ preventScroll: true });
  });
  // An address that points to an insight is never answered with nothing.
  addEventListener("hashchange", () => {
    if (insights.some((insight) => insight.hidden && `#${insight.id}` === location.hash)) showAll();
  });
  for (const door of doors) {
    door.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      showThrough(door);
      page.querySelector("#insights").scrollIntoView({ behavior: "instant" });
    });
  }

  // An address that asks for something shows the same to everybody; a bare one opens through the reader's own eyes.
  if (location.search || location.hash) return;
  const own = doors.find((door) => door.dataset.department === rememberedEyes());
  if (own && !insights.every((insight) => concerns(insight, own.dataset.department))) showThrough(own);
}

function concerns(insight, department) {
  return insight.dataset.departments.split(" ").includes(department);
}

/** What stands on a door, to be read and not opened. */
function labelOf(door) {
  const label = document.createElement("span");
  label.className = "cb-chip";
  label.style.setProperty("--cb-hue", door.style.getPropertyValue("--cb-hue"));
  label.append(...door.cloneNode(true).childNodes);
  return label;
}
