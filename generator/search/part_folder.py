"""One part of the index as it lies on the server, below `pagefind/<digest>/`: its slices, bound together.

    catalogue.json.gz  of each slice what is counted and looked up by, see `generator.search.catalogue`
    places.json.gz     `firsts`: the beginning of the first word in each file of the index; `sizes`: each file's in KB,
                       by which the browser sees what is cheaper to ask for; of each of `slices` what its places mean
    cards.json.gz      of each slice what to show of each record in a list, without its lines
    words.json.gz      of each slice the words of its texts, for who mistypes one
    index/<n>.bin      where words stand: the n-th stretch of all words in their order, see `word_files`

A browser asks each part for each word: few large parts are answered sooner than many small ones, of which a change
makes less anew. So slices are indexed and parts are delivered. Nothing in a part ever changes: other content has
another digest, so that browsers keep parts for good.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.search.packing import packed_text
from generator.search.slice_folder import DIGEST_LETTERS, words_of
from generator.search.word_files import Word, file_of, in_stretches


def digest_of_part(slices: Sequence[str]) -> str:
    """The name of the part that the slices of these names make."""
    return hashlib.sha256(" ".join(slices).encode()).hexdigest()[:DIGEST_LETTERS]


def write_part(slices: Sequence[Path], folder: Path) -> None:
    """Bind the finished slices in the folders `slices` together in `folder`, which must not be there.

    Raises FileNotFoundError when another build took one of them away, and OSError when the disk fails.
    """
    (folder / "index").mkdir(parents=True)
    firsts, sizes, before = [], [], ""
    for number, words in enumerate(in_stretches(_words([words_of(each) for each in slices]))):
        content = file_of(words)
        (folder / "index" / f"{number}.bin").write_bytes(content)
        firsts.append(_told_apart(words[0].token, before))
        sizes.append(-(-len(content) // 1000))
        before = words[-1].token
    told = json.dumps({"firsts": firsts, "sizes": sizes}, separators=(",", ":"))
    places = f'{told[:-1]},"slices":{_listed(slices, "places.json")}}}'
    (folder / "places.json.gz").write_bytes(packed_text(places))
    for name in ("catalogue.json", "cards.json", "words.json"):
        (folder / f"{name}.gz").write_bytes(packed_text(_listed(slices, name)))


def _words(slices: Sequence[dict[str, bytes]]) -> Iterator[Word]:
    for token in sorted(set().union(*slices)):
        yield Word(token, [words.get(token, b"") for words in slices])


def _listed(slices: Sequence[Path], name: str) -> str:
    """What the files of that name say, as one list."""
    return f"[{','.join((each / name).read_text(encoding='utf-8') for each in slices)}]"


def _told_apart(word: str, before: str) -> str:
    """The beginning of `word`, as long as it takes to see that it comes after `before`."""
    same = next(
        (place for place, (one, other) in enumerate(zip(word, before, strict=False)) if one != other), len(before)
    )
    return word[: same + 1]
