// Tables that are wider than the page: while one scrolls it takes the focus, so that arrow keys can move it.

export function startScrollers(page) {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const scroller of page.querySelectorAll(".cb-table-scroll, .cb-journey-scroll, .cb-case-nav")) watch.observe(scroller);
}
