// The keyboard: space or k plays, j/l and arrows seek, [ and ] change the speed, n/p go from note to note, ? tells all this.

const SEEK_S = 5;

/** `help` is the list of keys, a popover; without one (no talk, or a browser that knows none) `?` is left alone. */
export function startKeys(player, talk, help) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const target = event.target;
    if (target.closest?.("input:not([type=range], [type=checkbox]), textarea, select, [contenteditable], dialog")) return;
    const action = actionFor(event, player, talk, help);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actionFor(event, player, talk, help) {
  const { key, target } = event;
  if (key === "n") return talk && (() => talk.step(1));
  if (key === "p") return talk && (() => talk.step(-1));
  if (key === "?") return help && (() => help.togglePopover());
  if (!player) return null;
  // Space presses what is focused, arrows scroll what scrolls: theirs first.
  const pressable = target.closest?.("button, summary, input");
  const scrollable = target.closest?.("[tabindex='0']");
  switch (key) {
    case " ":
      return pressable ? null : () => player.toggle();
    case "k":
      return () => player.toggle();
    case "j":
      return () => player.skip(-SEEK_S);
    case "l":
      return () => player.skip(SEEK_S);
    case "ArrowLeft":
      return scrollable ? null : () => player.skip(-SEEK_S);
    case "ArrowRight":
      return scrollable ? null : () => player.skip(SEEK_S);
    case "[":
      return () => player.changeSpeed(-1);
    case "]":
      return () => player.changeSpeed(1);
    default:
      return null;
  }
}
