// What the reader's browser remembers of a path. Storage may be switched off, full, or hold something else.

import { root } from "../root.js";

/** Keys of the stops that were made. */
export function doneOn(name) {
  const kept = read(doneKey(name));
  return new Set(Array.isArray(kept) ? kept : []);
}

/** Whether it could be kept. */
export function rememberDone(name, keys) {
  return write(doneKey(name), keys);
}

/** Key of a stop -> what the reader wrote there. */
export function notesOn(name) {
  const kept = read(notesKey(name));
  return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
}

/** Whether it could be kept. Stops without words are left out. */
export function rememberNotes(name, notes) {
  const written = Object.entries(notes).filter(([, words]) => words.trim());
  // What was written at stops that this page no longer shows is not lost.
  const others = Object.entries(notesOn(name)).filter(([key]) => !(key in notes));
  return write(notesKey(name), Object.fromEntries([...others, ...written]));
}

function doneKey(name) {
  return `${root.pathname}casebook.path.${name}`;
}

function notesKey(name) {
  return `${root.pathname}casebook.path-notes.${name}`;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
