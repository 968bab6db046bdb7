"""Make spoken audio for a transcript, so that samples and tests have sound that really says the words.

    python -m tests.support.speech CASE_FOLDER...

reads `transcript.vtt` in each folder (cue ids and `<v Name>`; its timings are placeholders), speaks every cue, writes
`audio.m4a` beside it and puts the true times into the transcript. Nothing else in the transcript changes. The same
transcript gives the same audio on the same machine.

Japanese cues (those with kana or kanji) are spoken by Open JTalk with the HTS voice Mei, both from the package
`pyopenjtalk-plus` (the extra `speech`); other cues by the command `espeak-ng`. Each voice name gets a way of speaking
of its own, in the order in which the names appear. Real people's voices are neither used nor imitated.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import subprocess
import sys
import wave
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Mono sound at `RATE_HZ`, full scale at 1.0; shape (samples,)."""

RATE_HZ = 24_000
BIT_RATE_BPS = 32_000
SHORTEST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 0.70
LEAD_IN_S = 0.40
LOUDNESS_RMS = 0.10
"""About -20 dBFS, where speech recordings usually lie."""
LOUDEST_PEAK = 0.90
SILENCE_FRACTION = 0.02
"""Sound below this part of a cue's peak is trimmed from its ends, so that its times are where the voice is."""

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
VOICE_TAG = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
RUBY_TEXT = re.compile(r"<rt>.*?(?:</rt>|$)", re.DOTALL)
ANY_TAG = re.compile(r"<[^>]*>")
TIMING_LINE = re.compile(r"^[\d:.]+[ \t]+-->[ \t]+[\d:.]+(?P<settings>.*)$")

JAPANESE_CREDIT = 'Open JTalk, HTS Voice "Mei" (MMDAgent Project Team, Nagoya Institute of Technology), CC BY 3.0'
ENGLISH_CREDIT = "espeak-ng"


@dataclass(frozen=True, slots=True)
class Manner:
    """How one speaker sounds: the same words are told apart by pitch, by size of the throat and by pace."""

    throat: float
    """Scale of pitch and formants together; below 1 sounds like a larger person."""
    half_tones: float
    """Pitch on top of that, Japanese only."""
    pace: float
    """1 is the engine's own."""
    espeak_voice: str
    espeak_pitch: int
    """0-99, the engine's scale."""


MANNERS = (
    Manner(throat=1.00, half_tones=0.0, pace=1.08, espeak_voice="en-us+f3", espeak_pitch=55),
    Manner(throat=0.82, half_tones=-9.0, pace=1.04, espeak_voice="en-gb+m3", espeak_pitch=35),
    Manner(throat=0.96, half_tones=-4.0, pace=1.12, espeak_voice="en-gb+f2", espeak_pitch=70),
    Manner(throat=0.88, half_tones=-12.0, pace=1.00, espeak_voice="en-us+m7", espeak_pitch=45),
)


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """Words that one voice says without a break. A cue has one of them, or several when its voice changes."""

    voice: str
    """Name in `<v Name>`; "" where the cue names nobody."""
    text: str


@dataclass(frozen=True, slots=True)
class CuePlace:
    """A cue in the transcript's lines."""

    timing_line: int
    """Index of the line that holds `-->`."""
    parts: tuple[SpokenPart, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Speak the cases named on the command line; writes files. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.speech", description="Speak transcripts.")
    parser.add_argument("case_folder", nargs="+", type=Path)
    for folder in parser.parse_args(arguments).case_folder:
        if not (folder / "transcript.vtt").is_file():
            sys.stderr.write(f"{folder}: no transcript.vtt - nothing to speak\n")
            return 1
        duration_s, cue_count = speak_case(folder)
        sys.stdout.write(f"{folder}: {cue_count} cues, {int(duration_s) // 60} min {duration_s % 60:.1f} s\n")
    return 0


def speak_case(folder: Path) -> tuple[float, int]:
    """Write `audio.m4a` and the true times in `transcript.vtt`; returns seconds of sound and number of cues.

    Raises RuntimeError when a speech engine is missing and ValueError when the transcript has no cue.
    """
    transcript = folder / "transcript.vtt"
    lines = transcript.read_text(encoding="utf-8-sig").splitlines()
    cues = list(find_cues(lines))
    if not cues:
        raise ValueError(f"{transcript}: no cue found")
    manners = assign_manners(cues)
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        parts = [part for cue in cues for part in cue.parts]
        voices = [manners[part.voice] for part in parts]
        spoken = iter(pool.map(speak, [part.text for part in parts], voices, chunksize=4))
        sounds = [np.concatenate([next(spoken) for _ in cue.parts]) for cue in cues]
    pauses_s = [LEAD_IN_S, *(pause_s(cue) for cue in cues)]
    times_s: list[tuple[float, float]] = []
    track: list[Samples] = []
    end_s = 0.0
    for pause, sound in zip(pauses_s, sounds, strict=False):
        gap = np.zeros(round(pause * RATE_HZ), np.float32)
        start_s = end_s + len(gap) / RATE_HZ
        end_s = start_s + len(sound) / RATE_HZ
        times_s.append((start_s, end_s))
        track += [gap, sound]
    track.append(np.zeros(round(pauses_s[-1] * RATE_HZ), np.float32))
    credit = credit_for(cues)
    write_m4a(folder / "audio.m4a", np.concatenate(track), comment=f"synthetic speech: {credit}")
    transcript.write_text(retime(lines, cues, times_s, note=f"synthetic speech ({credit})"), encoding="utf-8")
    return end_s + pauses_s[-1], len(cues)


def find_cues(lines: Sequence[str]) -> Iterator[CuePlace]:
    """The cues of a WebVTT file, given its lines. Blocks end at an empty line, as the format has it."""
    index = 0
    while index < len(lines):
        if TIMING_LINE.match(lines[index].strip()):
            end = index + 1
            while end < len(lines) and lines[end].strip():
                end += 1
            yield CuePlace(index, tuple(spoken_parts("\n".join(lines[index + 1 : end]))))
            index = end
        index += 1


def spoken_parts(payload: str) -> Iterator[SpokenPart]:
    """A cue's text as the words to say, without markup and without ruby readings (they repeat the base text).

    >>> [part.voice for part in spoken_parts("<v 佐藤>はい。</v><v 田中>ええ。</v>")]
    ['佐藤', '田中']
    """
    pieces = VOICE_TAG.split(payload)
    for voice, text in [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]:
        words = html.unescape(ANY_TAG.sub("", RUBY_TEXT.sub("", text))).strip()
        if words or len(pieces) == 1:
            yield SpokenPart(voice.strip(), words)


def assign_manners(cues: Sequence[CuePlace]) -> dict[str, Manner]:
    """A manner for each voice name, by first appearance; a fifth name sounds like the first again."""
    names = dict.fromkeys(part.voice for cue in cues for part in cue.parts)
    return {name: MANNERS[place % len(MANNERS)] for place, name in enumerate(names)}


def pause_s(cue: CuePlace) -> float:
    """The pause after a cue: as irregular as people are, yet the same each time for the same words."""
    draw = zlib.crc32("".join(part.text for part in cue.parts).encode()) / 2**32
    return SHORTEST_PAUSE_S + draw * (LONGEST_PAUSE_S - SHORTEST_PAUSE_S)


def credit_for(cues: Sequence[CuePlace]) -> str:
    """The engines and voices heard, as their licences ask to be named."""
    is_japanese = [bool(JAPANESE.search(part.text)) for cue in cues for part in cue.parts]
    heard = [(JAPANESE_CREDIT, any(is_japanese)), (ENGLISH_CREDIT, not all(is_japanese))]
    return " / ".join(credit for credit, used in heard if used)


def speak(text: str, manner: Manner) -> Samples:
    """One part's sound: trimmed to where the voice is, at the loudness of every other part.

    Runs `espeak-ng` for text without Japanese characters. Raises RuntimeError when the engine is not installed.
    """
    if not re.search(r"\w", text):
        return np.zeros(RATE_HZ // 2, np.float32)
    sound = _speak_japanese(text, manner) if JAPANESE.search(text) else _speak_english(text, manner)
    loud = np.flatnonzero(np.abs(sound) > SILENCE_FRACTION * np.max(np.abs(sound)))
    sound = sound[loud[0] : loud[-1] + 1]
    gain = LOUDNESS_RMS / float(np.sqrt(np.mean(np.square(sound))))
    return (sound * min(gain, LOUDEST_PEAK / float(np.max(np.abs(sound))))).astype(np.float32)


def _speak_japanese(text: str, manner: Manner) -> Samples:
    try:
        with redirect_stdout(StringIO()):  # it prints advice about a part that is not used here
            import pyopenjtalk
    except ImportError as error:
        raise RuntimeError(
            "Japanese speech needs the package pyopenjtalk-plus: pip install pyopenjtalk-plus"
        ) from error
    labels = pyopenjtalk.extract_fullcontext(text, predict_nani=False)
    wave_form, rate_hz = pyopenjtalk.synthesize(labels, speed=manner.pace / manner.throat, half_tone=manner.half_tones)
    # Playing the samples back slower or faster moves pitch and formants together; `speed` above takes the tempo back.
    return resample(wave_form, rate_hz * manner.throat)


def _speak_english(text: str, manner: Manner) -> Samples:
    words_per_minute = str(round(165 * manner.pace))
    command = ["espeak-ng", "-v", manner.espeak_voice, "-p", str(manner.espeak_pitch), "-s", words_per_minute]
    try:
        spoken = subprocess.run([*command, "--stdout", "--stdin"], input=text.encode(), capture_output=True, check=True)
    except FileNotFoundError as error:
        raise RuntimeError("English speech needs the command espeak-ng: apt-get install espeak-ng") from error
    with wave.open(BytesIO(spoken.stdout)) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2")
        return resample(samples, sound.getframerate())


def resample(samples: npt.NDArray[np.float64] | npt.NDArray[np.int16], rate_hz: float) -> Samples:
    """16-bit sample values at `rate_hz` as `Samples`, band-limited by FFmpeg's resampler."""
    frame = av.AudioFrame.from_ndarray((samples / 32768.0).astype(np.float32)[None, :], "flt", "mono")
    frame.sample_rate = round(rate_hz)
    resampler = av.AudioResampler("flt", "mono", RATE_HZ)
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([np.asarray(done.to_ndarray()[0], np.float32) for done in frames])


def write_m4a(target: Path, track: Samples, *, comment: str) -> None:
    """Write `track` as mono AAC at `BIT_RATE_BPS`, its tag `comment` set and no time of creation in it."""
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(target), "w", format="ipod", options=options) as container:
        container.metadata["comment"] = comment
        stream = container.add_stream(
            "aac", rate=RATE_HZ, layout="mono", options={"flags": "+bitexact", "aac_coder": "fast"}
        )
        stream.bit_rate = BIT_RATE_BPS
        frame_samples = 1024
        for start in range(0, len(track), frame_samples):
            frame = av.AudioFrame.from_ndarray(track[None, start : start + frame_samples], "fltp", "mono")
            frame.sample_rate = RATE_HZ
            frame.pts = start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def retime(lines: Sequence[str], cues: Sequence[CuePlace], times_s: Sequence[tuple[float, float]], *, note: str) -> str:
    """The transcript with true times and `NOTE` at its top; ids, settings, words and other notes stay as they are."""
    timed = list(lines)
    for cue, (start_s, end_s) in zip(cues, times_s, strict=True):
        match = TIMING_LINE.match(timed[cue.timing_line].strip())
        settings = match["settings"] if match else ""
        timed[cue.timing_line] = f"{clock(start_s)} --> {clock(end_s)}{settings}"
    header_end = next((index for index, line in enumerate(timed) if not line.strip()), len(timed))
    header, body = timed[:header_end], timed[header_end:]
    text = re.sub(r"\n\nNOTE synthetic speech[^\n]*(?=\n|$)", "", "\n" + "\n".join(body)).strip("\n")
    return "\n".join([*header, "", f"NOTE {note}", "", text, ""])


def clock(time_s: float) -> str:
    """Seconds as WebVTT writes them.

    >>> clock(3725.0416)
    '01:02:05.042'
    """
    milliseconds = round(time_s * 1000)
    seconds, milliseconds = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milliseconds:03}"


if __name__ == "__main__":
    raise SystemExit(main())
