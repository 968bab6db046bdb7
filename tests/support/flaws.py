"""Knowledge bases with one flaw each, and what the check says about them, as pairs that a writer can review.

`tests/data/flaws/base/` is a small knowledge base without any problem. `tests/data/flaws/<code>.txt` says in sections
what is done to it and what the check then prints, all of it, in Japanese and in English:

    --- change PATH     first the old text, then a line `=>`, then the new text
    --- write PATH      the text of a file
    --- bytes PATH      a Python literal of bytes
    --- copy PATH       a file of tests/data/
    --- link PATH       where the link leads
    --- remove PATH
    --- make PATH       `big-text`, `silent-video`, `wav-of-nothing`, `wav-of-13-hours`, `sound-of-5-s`,
                        `many-files`, `many-values`, `many-cues`, `long-paragraph` or `long-cue`
    --- ja
    --- en

`python -m tests.support.flaws` writes the last two anew, to be read through before they are committed.
"""

from __future__ import annotations

import ast
import contextlib
import os
import shutil
import sys
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import av

from generator.report import format_problems
from generator.sources.markdown import MAX_PARAGRAPH_CHARACTERS
from generator.sources.yaml import MAX_VALUES
from generator.validate import load_corpus
from generator.validate.folders import MAX_FILES
from generator.validate.transcript import MAX_CUES, MAX_SAID_CHARACTERS
from tests.support.sound import WAV_8_KHZ, tone, write_sound

DATA = Path(__file__).parents[1] / "data"
FLAWS = DATA / "flaws"
RATE_HZ = 8_000


@dataclass(frozen=True, slots=True)
class Flaw:
    """One pair: what is done to the base, and what is to be said about it."""

    steps: tuple[tuple[str, str, str], ...]
    """What is done, to which file, and with what."""
    expected: dict[str, str]
    """By language."""


def read_flaw(path: Path) -> Flaw:
    """The pair in a file."""
    steps: list[tuple[str, str, str]] = []
    expected: dict[str, str] = {}
    for section in path.read_text(encoding="utf-8").removeprefix("--- ").split("\n--- "):
        head, _, body = section.partition("\n")
        word, _, target = head.strip().partition(" ")
        if word in ("ja", "en"):
            expected[word] = body.rstrip("\n")
        else:
            steps.append((word, target, body))
    return Flaw(tuple(steps), expected)


def lay_out(flaw: Flaw, folder: Path) -> None:
    """Write the base with the flaw into `folder`/cases."""
    shutil.copytree(FLAWS / "base", folder / "cases")
    for word, target, body in flaw.steps:
        path = folder / "cases" / target
        path.parent.mkdir(parents=True, exist_ok=True)
        if word == "change":
            old, _, new = body.partition("\n=>")
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{target} has {text.count(old)} times: {old}"
            path.write_text(text.replace(old, new.removeprefix("\n")), encoding="utf-8")
        elif word == "write":
            path.write_text(body + "\n", encoding="utf-8")
        elif word == "bytes":
            path.write_bytes(ast.literal_eval(body.strip()))
        elif word == "copy":
            shutil.copy(DATA / body.strip(), path)
        elif word == "link":
            path.symlink_to(body.strip())
        elif word == "remove":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        else:
            assert word == "make", f"unknown section {word}"
            _MAKERS[body.strip()](path)


def say(folder: Path, language: str) -> str:
    """What the check says about `folder`/cases, run as an editor runs it: in that folder."""
    with contextlib.chdir(folder):
        return format_problems(load_corpus(Path("cases"), jobs=1).problems, "text", language)


def _wav(path: Path, samples: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(bytes(2 * samples))


def _wav_of_13_hours(path: Path) -> None:
    """Its length is a hole in the file, so that it takes no room on disk."""
    samples_bytes = RATE_HZ * 2 * 3600 * 13
    _wav(path, RATE_HZ)
    with path.open("r+b") as file:
        for place, size in ((4, 36 + samples_bytes), (40, samples_bytes)):
            file.seek(place)
            file.write(size.to_bytes(4, "little"))
    os.truncate(path, 44 + samples_bytes)


def _silent_video(path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        for place in range(10):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts = place
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _many_files(path: Path) -> None:
    """Fill the folder around `path`."""
    for number in range(MAX_FILES):
        (path.parent / f"piece-{number}.txt").touch()


def _transcript(path: Path, cues: int, said: str) -> None:
    cue = "00:00:00.000 --> 00:00:01.000\n<v Manager>{said}\n"
    path.write_text("WEBVTT\n\n" + "\n".join([cue.format(said=said)] * cues), encoding="utf-8")


_MAKERS = {
    "big-text": lambda path: path.write_bytes(b"# " + b"x" * 2_100_000),
    "silent-video": _silent_video,
    "wav-of-nothing": lambda path: _wav(path, 0),
    "wav-of-13-hours": _wav_of_13_hours,
    "many-files": _many_files,
    "many-values": lambda path: path.write_bytes(b"steps: [" + b"1," * MAX_VALUES + b"]\n"),
    "many-cues": lambda path: _transcript(path, MAX_CUES + 1, "a"),
    "long-paragraph": lambda path: path.write_bytes(b"A\n\n" + b"[" * (MAX_PARAGRAPH_CHARACTERS + 1)),
    "long-cue": lambda path: _transcript(path, 1, "<i>" * MAX_SAID_CHARACTERS),
    "sound-of-5-s": lambda path: write_sound(path, WAV_8_KHZ, tone(5.0, RATE_HZ)),
}


def main() -> int:
    """Write the expected texts of the pairs named on the command line, or of all, anew; returns the exit status."""
    for path in sorted(FLAWS.glob("*.txt")):
        if sys.argv[1:] and path.stem not in sys.argv[1:]:
            continue
        before = path.read_text(encoding="utf-8").split("\n--- ja\n")[0].rstrip("\n")
        flaw = read_flaw(path)
        with tempfile.TemporaryDirectory() as folder:
            lay_out(flaw, Path(folder))
            said = {language: say(Path(folder), language) for language in ("ja", "en")}
        path.write_text(f"{before}\n--- ja\n{said['ja']}\n--- en\n{said['en']}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
