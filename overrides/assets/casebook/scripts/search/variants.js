// Other ways of writing what was typed, which readers take for the same.

import { fold } from "./letters.js";

const MOST_WAYS = 6;
const KATAKANA_RUNS = /[ァ-ヺー]+/g;
const HIRAGANA_AS_SOUND = /^[ぁ-ゖー]*ー[ぁ-ゖー]*$/;
// The mark comes and goes after these: -er, -or, -ar and -y as katakana write them. It stays in フォロー and スプレー.
const BEFORE_THE_MARK = /[アカガサザタダナハバパマヤャラワァイキギシジチニヒビピミリィ]/;
const STARTS_NO_WORD = /[ァィゥェォッャュョンー]/;
// ビール is not ビル: a word that may lose the mark has three letters before it.
const LETTERS_BEFORE = 3;
const MOST_ADDED = 3;
const REPEATED_KANJI = /(\p{Script=Han})\1/gu;
const KANJI_WITH_MARK = /(\p{Script=Han})々/gu;
const COUNTER = /(?<=^|[0-9一二三四五六七八九十百数何])[ヶケヵカか](?=[月所国年条])/g;
const SHORTEST_STEM = 4;

/** `said` and the other ways of writing it, the likeliest first; not more than a few. */
export function waysOfWriting(said) {
  const ways = [said, ...longVowels(said), ...repeatedKanji(said), ...counters(said), ...joinedWords(said)];
  return [...new Map(ways.map((way) => [fold(way), way])).values()].slice(0, MOST_WAYS);
}

/** The beginning that the forms of an English word share, or "": interviews, interviewed, interviewing. */
export function stemOf(word) {
  const lower = word.toLowerCase();
  const stem = lower.replace(/(?:ies|es|s|ed|ing)$/, "");
  return stem.length >= SHORTEST_STEM && stem !== lower ? stem : "";
}

/** サーバー and サーバ, サーバールーム and サーバルーム. At the end of the term the form without the mark finds both. */
function longVowels(said) {
  const sounds = HIRAGANA_AS_SOUND.test(said) ? said.replace(/[ぁ-ゖ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60)) : said;
  const removable = [];
  const addable = [];
  for (const { 0: run, index } of sounds.matchAll(KATAKANA_RUNS)) {
    for (let place = LETTERS_BEFORE - 1; place < run.length; place += 1) {
      const at = index + place;
      if (run[place] === "ー" && place >= LETTERS_BEFORE && BEFORE_THE_MARK.test(run[place - 1])) removable.push(at);
      const next = sounds[at + 1];
      const goesOn = next !== undefined && !STARTS_NO_WORD.test(next) && place !== run.length - 2;
      if (goesOn && BEFORE_THE_MARK.test(run[place])) addable.push(at + 1);
    }
  }
  const without = (places) => Array.from(sounds).filter((_, place) => !places.includes(place)).join("");
  return [
    ...(removable.length > 0 ? [without(removable)] : []),
    ...addable.slice(0, MOST_ADDED).map((place) => `${sounds.slice(0, place)}ー${sounds.slice(place)}`),
    ...(removable.length > 1 ? removable.map((place) => without([place])) : []),
  ];
}

/** 人々 and 人人. */
function repeatedKanji(said) {
  return [said.replace(KANJI_WITH_MARK, "$1$1"), said.replace(REPEATED_KANJI, "$1々")];
}

/** 三ヶ月, 三ケ月, 三か月. */
function counters(said) {
  return [said.replace(COUNTER, "か"), said.replace(COUNTER, "ケ")];
}

/** e-mail and email. */
function joinedWords(said) {
  return /^[a-z]+(?:-[a-z]+)+$/i.test(said) ? [said.replaceAll("-", "")] : [];
}
