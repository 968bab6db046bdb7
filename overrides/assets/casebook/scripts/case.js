// A case page: the player, the talk that follows it, the notes in the margin, and addresses that open at a line.

import { placeFrom, revealTarget, stayWhileLoading } from "./case/address.js";
import { Player } from "./case/player.js";
import { Talk } from "./case/talk.js";
import { startInsightFilter } from "./case/insight-filter.js";
import { startKeys } from "./case/keys.js";
import { startNotes } from "./case/notes.js";
import { startScrollers } from "./case/scrollers.js";

for (const page of document.querySelectorAll(".cb-case")) start(page);

function start(page) {
  const desk = page.querySelector(".cb-player");
  const player = desk ? new Player(desk) : null;
  const talkElement = page.querySelector(".cb-talk");
  const talk = talkElement ? new Talk(talkElement, player) : null;
  if (talkElement) startNotes(talkElement, page.querySelector(".cb-talk-filter"));
  startInsightFilter(page);
  const help = page.querySelector(".cb-key-help");
  startKeys(player, talk, help?.togglePopover ? help : null);
  startScrollers(page);
  if (player) page.addEventListener("click", (event) => playQuote(event, player, talk));

  const open = () => {
    const place = placeFrom(location);
    const line = place.id ? talk?.line(place.id) : place.seconds === null ? null : talk?.lineAt(place.seconds);
    const show = () => (line ? talk.reveal(line, "instant") : revealTarget(place.id));
    show();
    stayWhileLoading(show);
    if (!player || (!line && place.seconds === null)) return;
    player.seek(place.seconds ?? talk.startOf(line));
    if (place.play) player.play();
  };
  addEventListener("hashchange", open);
  if (location.hash) open();
}

/** A quote's play button, or a dot of the player: hear these words, here, without leaving the place. */
function playQuote(event, player, talk) {
  const button = event.target.closest("[data-play]");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const line = talk?.line(button.dataset.play);
  if (!line) return;
  event.preventDefault();
  if (player.playingFor === button) player.pause();
  else player.playFrom(talk.startOf(line), { until: Number(button.dataset.until) || null, button });
}
