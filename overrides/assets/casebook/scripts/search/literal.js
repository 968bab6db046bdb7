// Among results that are loaded, those first in which the words stand as they were typed, width aside.

/** `found` (with a `record` each) in the same order, but with those first whose lines hold what was typed, letter by letter. */
export function literalFirst(found, query) {
  const words = query.required.map(({ said }) => said);
  if (words.length === 0 || found.length < 2) return found;
  const phrase = query.row.join(" ");
  const grades = new Map(found.map((each) => [each, gradeOf(each.record, phrase, words)]));
  return found.toSorted((one, other) => grades.get(other) - grades.get(one));
}

/** 2: the whole of it in one line; 1: each word somewhere; 0: written otherwise. */
function gradeOf(record, phrase, words) {
  const texts = [record.title, record.description, ...record.lines.map((line) => line[2])].map((text) => text.normalize("NFKC"));
  if (texts.some((text) => text.includes(phrase))) return 2;
  return words.every((word) => texts.some((text) => text.includes(word))) ? 1 : 0;
}
