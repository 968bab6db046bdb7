// The drawing of needs for some of the cases: the rules are those of generator/pages/drawings/gaps.py.

import { ZONES } from "./figures.js";

const BAR_WIDTH = 120;

/** A drawing's measures and marks; see `Sheet` in generator/pages/drawings/gaps.py. */
export function readPlot(svg) {
  const sheet = Object.fromEntries(Object.entries(svg.dataset).map(([name, value]) => [name, Number(value)]));
  const marks = [...svg.querySelectorAll("[data-cb-need]")].map((group) => ({
    group,
    need: Number(group.dataset.cbNeed),
    height: Number(group.dataset.height),
    dot: group.querySelector(".cb-gap-dot"),
    label: group.querySelector(".cb-gap-label"),
    leader: group.querySelector(".cb-gap-leader"),
    bars: [...group.querySelectorAll(".cb-gap-share")],
  }));
  return { sheet, marks };
}

/** Put every mark where its need now stands: `placed` of the same file. */
export function draw({ sheet, marks }, needs) {
  const most = Math.max(1, ...marks.map((mark) => needs[mark.need].heard));
  const height = (need) => sheet.top + (5 - need.total / need.heard) * sheet.level;
  for (const mark of marks) mark.group.classList.toggle("cb-gap-gone", needs[mark.need].heard === 0);
  for (const zone of ZONES.keys()) {
    const left = sheet.left + zone * sheet.column;
    const inside = marks
      .filter((mark) => needs[mark.need].heard > 0 && needs[mark.need].lead === zone)
      .sort((a, b) => height(needs[a.need]) - height(needs[b.need]) || a.need - b.need);
    const tops = topsOf(inside.map((mark) => [height(needs[mark.need]), mark.height]), sheet);
    const dots = [];
    for (const [place, mark] of inside.entries()) {
      const need = needs[mark.need];
      const y = height(need);
      const radius = sheet.smallest + (sheet.largest - sheet.smallest) * Math.sqrt((need.heard - 1) / Math.max(1, most - 1));
      let lane = 0;
      const crowded = (lane) => dots.some(([other, at, size]) => other === lane && Math.abs(y - at) < radius + size + 2);
      while (lane < sheet.lanes - 1 && crowded(lane)) lane += 1;
      dots.push([lane, y, radius]);
      move(mark, need, { x: left + 6 + sheet.largest + lane * sheet.lane, y, radius, labelX: left + sheet.label, labelY: tops[place] });
    }
  }
}

function topsOf(names, sheet) {
  const room = sheet.floor - sheet.top + 20;
  const squeezed = Math.min(1, room / Math.max(1, names.reduce((sum, [, height]) => sum + height, 0)));
  const tops = [];
  let edge = sheet.top - 16;
  for (const [middle, height] of names) {
    tops.push(Math.max(edge, middle - height / 2));
    edge = tops.at(-1) + height * squeezed;
  }
  edge = sheet.floor + 4;
  for (let place = names.length - 1; place >= 0; place -= 1) {
    tops[place] = Math.min(tops[place], edge - names[place][1] * squeezed);
    edge = tops[place];
  }
  return tops;
}

function move(mark, need, { x, y, radius, labelX, labelY }) {
  mark.dot.setAttribute("class", `cb-gap-dot cb-gap-dot-${ZONES[need.lead]}`);
  mark.dot.setAttribute("transform", `translate(${coordinate(x)} ${coordinate(y)})`);
  mark.dot.querySelector("circle").setAttribute("r", coordinate(radius));
  if (!mark.label) return;
  mark.label.setAttribute("transform", `translate(${coordinate(labelX)} ${coordinate(labelY)})`);
  mark.leader.setAttribute("d", `M${coordinate(x + radius)} ${coordinate(y)}L${coordinate(labelX - 5)} ${coordinate(labelY + 9)}`);
  let at = 0;
  for (const [zone, bar] of mark.bars.entries()) {
    const width = BAR_WIDTH * (need.weights[zone] / need.total);
    bar.setAttribute("x", coordinate(at));
    bar.setAttribute("width", coordinate(width));
    at += width;
  }
}

/** A number as short as it can be written. */
function coordinate(value) {
  return value.toFixed(1).replace(/\.0$/, "");
}
