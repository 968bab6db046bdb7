// Typing with an input method: nothing is searched and nothing is submitted while letters are being composed.

/** Call `changed` when the text of the input has changed and stands; `submitted` when Enter asks for it. */
export function whenTyped(input, { changed, submitted }) {
  let composing = false;
  let converting = false;
  input.addEventListener("compositionstart", () => {
    composing = true;
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    changed();
  });
  input.addEventListener("input", (event) => {
    if (!composing && !event.isComposing) changed();
  });
  // Safari ends the composition first and tells of its Enter afterwards.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !belongsToInputMethod(event)) return;
    converting = true;
    setTimeout(() => {
      converting = false;
    });
  });
  input.form?.addEventListener("submit", (event) => {
    if (composing || converting) event.preventDefault();
    else submitted(event);
  });
}

/** Whether a key belongs to an input method; 229 is how Safari says so after the composition has ended. */
export function belongsToInputMethod(event) {
  return event.isComposing || event.keyCode === 229;
}

/** Whether the reader is writing somewhere. */
export function isWriting(target) {
  return Boolean(target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]"));
}
