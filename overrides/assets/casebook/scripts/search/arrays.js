// Arrays of numbers of one size.

/** What is in all of these arrays, at least one, one behind the other. */
export function concatenated(arrays) {
  if (arrays.length === 1) return arrays[0];
  const whole = new arrays[0].constructor(arrays.reduce((total, array) => total + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}
