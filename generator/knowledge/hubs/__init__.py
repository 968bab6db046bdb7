"""Everything that cases know about one word: a tag, a challenge, a product, a competitor, an industry.

`words` says which cases and insights carry which word and which words go together; `sentences` finds what customers
said best about it; `needs` who wins which shared need; `low_points` where feelings fell; `people` who took part in the
decisions; `answers` how far a challenge is answered.
"""

from generator.knowledge.hubs.answers import Answers, OpenIssue, answers
from generator.knowledge.hubs.low_points import LowPoint, LowPoints
from generator.knowledge.hubs.needs import NeedBalance, NeedCase, Standing, need_balances
from generator.knowledge.hubs.people import PartPlayed, parts_played
from generator.knowledge.hubs.sentences import Sentence, Sentences
from generator.knowledge.hubs.words import Hub, Hubs, Word, WordKind

__all__ = [
    "Answers",
    "Hub",
    "Hubs",
    "LowPoint",
    "LowPoints",
    "NeedBalance",
    "NeedCase",
    "OpenIssue",
    "PartPlayed",
    "Sentence",
    "Sentences",
    "Standing",
    "Word",
    "WordKind",
    "answers",
    "need_balances",
    "parts_played",
]
