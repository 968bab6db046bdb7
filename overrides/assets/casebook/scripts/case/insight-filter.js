// A department's door on the first screen: the insights of that department, and a way back to all.

export function startInsightFilter(page) {
  const bar = page.querySelector(".cb-insights-filter");
  const insights = [...page.querySelectorAll(".cb-insight")];
  if (!bar || !insights.length) return;

  const showAll = () => {
    bar.hidden = true;
    for (const insight of insights) insight.hidden = false;
  };
  bar.querySelector("button").addEventListener("click", showAll);
  // An address that points to an insight is never answered with nothing.
  addEventListener("hashchange", () => {
    if (insights.some((insight) => insight.hidden && `#${insight.id}` === location.hash)) showAll();
  });

  for (const door of page.querySelectorAll(".cb-doors [data-department]")) {
    door.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      for (const insight of insights) {
        insight.hidden = !insight.dataset.departments.split(" ").includes(door.dataset.department);
      }
      const chip = door.cloneNode(true);
      const label = document.createElement("span");
      label.className = "cb-chip";
      label.style.setProperty("--cb-hue", door.style.getPropertyValue("--cb-hue"));
      label.append(...chip.childNodes);
      bar.firstElementChild.replaceChildren(label);
      bar.hidden = false;
      page.querySelector("#insights").scrollIntoView({ behavior: "instant" });
    });
  }
}
