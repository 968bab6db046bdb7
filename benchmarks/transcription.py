"""What transcribing with Casebook costs beside the bare engine library on the same sound, in one run.

    python -m benchmarks.transcription [--rounds 3] [--engines faster-whisper openai-whisper] [--beams 5]
    python -m benchmarks.transcription --minutes 90 --rounds 1 --engines faster-whisper

Ours is all of `casebook transcribe` up to the words: decoding, finding speech, windows, engine, cache. The bare library
opens the same file (openai-whisper, which would call ffmpeg, is given the array), with the same weights, beams, timed
words, fallback temperatures and without earlier text; faster-whisper with its filter for speech, which openai-whisper
has not. Speakers by voice are measured by themselves. Each runs in a process of its own, in turn; weights are opened
before the clock starts. Of several rounds the fastest counts, because other programs only ever slow one down.

Real-time factor is seconds of work for a second of sound, by the clock and of the processor. Peak memory is that of the
largest process. The error rate is by characters in Japanese and by words in English, after NFKC, without punctuation.
Sound: the Japanese samples' synthetic interviews, `--minutes` of them (repeated if need be), and a real English speech.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
import wave
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path

import jiwer
import numpy as np

from generator.sources.sound import decode_part
from generator.sources.webvtt import parse, spoken
from generator.transcription.activity import speech
from generator.transcription.cache import HearingCache
from generator.transcription.engines import common, engine_settings, opened
from generator.transcription.speakers import listen as listen_to
from generator.transcription.speakers.voices import find_turns
from generator.transcription.values import RATE_HZ, EngineName, EngineSettings
from generator.transcription.windows import windows
from generator.transcription.work import hear_with, open_listeners
from tests.support.weights import faster_whisper_weights, openai_weights

ROOT = Path(__file__).resolve().parent.parent
CASES = tuple(sorted(path.parent for path in (ROOT / "cases").glob("*/audio.m4a")))
ENGLISH = ROOT / "tests" / "data" / "audio" / "jfk.opus"
ENGLISH_TEXT = (
    "And so, my fellow Americans, ask not what your country can do for you, ask what you can do for your country."
)
ENGINES: tuple[EngineName, ...] = ("faster-whisper", "openai-whisper")
VOICES = "speakers by voice"
ALLOWED_OVERHEAD = 1.05
ALLOWED_MB = 1_500


@dataclass(frozen=True, slots=True)
class Measured:
    """One run in a process of its own."""

    wall_s: float
    processor_s: float
    peak_mb: float
    text: str


@dataclass(frozen=True, slots=True)
class Sound:
    """What is listened to, and what is said in it."""

    path: Path
    length_s: float
    language: str
    text: str

    def error_rate(self, heard: str) -> float:
        """Share of characters or words that are wrong, 0 to 1 and more."""
        rate = jiwer.cer if self.language == "ja" else jiwer.wer
        return float(rate(plain(self.text), plain(heard)))


def plain(text: str) -> str:
    """Text as it is compared: one form of each character, no case, no punctuation; no spaces beside Japanese.

    >>> plain("Ｙｅｓ, 500 グラム。")
    'yes 500グラム'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = re.sub(r"[^\w\s]|_", " ", folded)
    return " ".join(re.sub(r"(?<=[^\x00-\xff])\s+|\s+(?=[^\x00-\xff])", "", letters).split())


def japanese(folder: Path, minutes: float) -> Sound:
    """The Japanese samples one after another until `minutes` are full, as one WAV file at 16 kHz."""
    path = folder / "japanese.wav"
    texts: list[str] = []
    samples = 0
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        for case in cycle(case for case in CASES if lines(case)[1] == "ja"):
            for block in decode_part(case / "audio.m4a", RATE_HZ):
                file.writeframes((np.clip(block, -1, 1) * 32_767).astype("<i2").tobytes())
                samples += len(block)
            texts.append(lines(case)[0])
            if samples >= minutes * 60 * RATE_HZ:
                break
    return Sound(path, samples / RATE_HZ, "ja", "".join(texts))


def lines(case: Path) -> tuple[str, str]:
    """All that is said in a case, and in which language."""
    cues = parse((case / "transcript.vtt").read_bytes()).cues
    text = "\n".join(text for cue in cues for _, text in spoken(cue))
    return text, "ja" if re.search("[\u3040-\u30ff]", text) else "en"


def english() -> Sound:
    """A real speech of 11 s."""
    length_s = sum(len(block) for block in decode_part(ENGLISH, RATE_HZ)) / RATE_HZ
    return Sound(ENGLISH, length_s, "en", ENGLISH_TEXT)


def ours(sound: Path, settings: EngineSettings) -> Callable[[], str]:
    """Weights opened; what remains is transcribing."""
    opened(settings)

    def listen() -> str:
        listening = listen_to([sound], "auto")
        with tempfile.TemporaryDirectory(prefix="casebook-benchmark-") as folder, open_listeners() as here:
            cut = windows(listening.sound(None), speech)
            heard = hear_with(here, cut, settings, cache=HearingCache(folder), on_heard=lambda *_: None)
            return "".join(segment.text for _, found in heard for segment in found.segments)

    return listen


def bare_faster_whisper(sound: Path, settings: EngineSettings) -> Callable[[], str]:
    """The library as its documentation uses it."""
    from faster_whisper import WhisperModel  # noqa: PLC0415 - only in the process that measures it

    model = WhisperModel(settings.model, device="cpu", compute_type="int8", cpu_threads=common.cores(None))

    def listen() -> str:
        segments, _ = model.transcribe(
            str(sound),
            language=settings.language,
            beam_size=settings.beam_size,
            temperature=common.TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=True,
            initial_prompt=settings.prompt or None,
        )
        return "".join(segment.text for segment in segments)

    return listen


def bare_openai_whisper(sound: Path, settings: EngineSettings) -> Callable[[], str]:
    """The library as its documentation uses it, but for the ffmpeg command."""
    import whisper  # noqa: PLC0415 - only in the process that measures it

    model = whisper.load_model(settings.model, device="cpu")

    def listen() -> str:
        samples = np.concatenate(list(decode_part(sound, RATE_HZ)))
        result = whisper.transcribe(
            model,
            samples,
            language=settings.language,
            beam_size=settings.beam_size if settings.beam_size > 1 else None,
            temperature=common.TEMPERATURES,
            condition_on_previous_text=False,
            word_timestamps=True,
            initial_prompt=settings.prompt or None,
            fp16=False,
            verbose=None,
        )
        return str(result["text"])

    return listen


def settings_for(engine: EngineName, language: str, beams: int | None) -> EngineSettings:
    """The base model of either engine on the processor."""
    weights = faster_whisper_weights() if engine == "faster-whisper" else openai_weights()
    return engine_settings(engine, str(weights), language=language, beam_size=beams, device="cpu")


def measure(what: str, sound: Sound, beams: int | None) -> Measured:
    """Run `ours faster-whisper`, `bare openai-whisper` or `VOICES` in this process, which has done nothing else."""
    if what == VOICES:

        def listen() -> str:
            return f"{len({turn.voice for turn in find_turns([sound.path])})} voices"

    else:
        way, _, engine = what.partition(" ")
        settings = settings_for(
            "faster-whisper" if engine == "faster-whisper" else "openai-whisper", sound.language, beams
        )
        bare = bare_faster_whisper if engine == "faster-whisper" else bare_openai_whisper
        listen = (ours if way == "ours" else bare)(sound.path, settings)
    start_s, start_processor_s = time.perf_counter(), processor_s()
    text = listen()
    wall_s, used_s = time.perf_counter() - start_s, processor_s() - start_processor_s
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Measured(wall_s, used_s, max(usage.ru_maxrss for usage in usages) / 1024, text)


def processor_s() -> float:
    """Processor seconds of this process and of those it started that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def in_own_process(what: str, sound: Sound, beams: int | None) -> Measured:
    """`measure` in a new process. Raises CalledProcessError when it fails."""
    request = json.dumps({"what": what, "sound": {**asdict(sound), "path": str(sound.path)}, "beams": beams})
    # Threads that wait would spin, and the seconds of the processor would count the waiting.
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}
    command = [sys.executable, "-m", "benchmarks.transcription", "--measure"]
    done = subprocess.run(
        command, cwd=ROOT, check=True, input=request, stdout=subprocess.PIPE, text=True, env=environment
    )
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def compare(sound: Sound, whats: Sequence[str], rounds: int, beams: int | None) -> dict[str, Measured]:
    """The fastest of `rounds` runs of each, in turn, by processor time; prints as it goes."""
    best: dict[str, Measured] = {}
    for number in range(1, rounds + 1):
        for what in whats:
            run = in_own_process(what, sound, beams)
            print(f"round {number}: {what}: {run.wall_s:.1f} s, {run.processor_s:.1f} s of processor time", flush=True)
            if what not in best or run.processor_s < best[what].processor_s:
                best[what] = run
    return best


def table(sound: Sound, best: dict[str, Measured]) -> None:
    """Print a row for each and the ratios."""
    print(f"\n{sound.language}, {sound.length_s / 60:.1f} minutes")
    print("| what | real-time factor | of processor time | peak MB | errors % |\n| --- | --- | --- | --- | --- |")
    for what, run in best.items():
        errors = run.text if what == VOICES else f"{sound.error_rate(run.text) * 100:.1f}"
        factors = f"{run.wall_s / sound.length_s:.3f} | {run.processor_s / sound.length_s:.3f}"
        print(f"| {what} | {factors} | {run.peak_mb:.0f} | {errors} |")
    for engine in ENGINES:
        if f"bare {engine}" in best and f"ours {engine}" in best:
            our, bare = best[f"ours {engine}"], best[f"bare {engine}"]
            print(
                f"{engine}: ours / bare = {our.wall_s / bare.wall_s:.3f} by the clock, "
                f"{our.processor_s / bare.processor_s:.3f} of processor time (wanted: at most {ALLOWED_OVERHEAD})"
            )
    if (fast := best.get("ours faster-whisper")) is not None:
        print(f"peak memory {fast.peak_mb:.0f} MB (wanted: at most {ALLOWED_MB})")


def main() -> None:
    """Measure what the command line asks for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=4.0, help="of Japanese, in whole recordings")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", nargs="*", choices=ENGINES, default=ENGINES)
    parser.add_argument("--beams", type=int, help="as the engine's default if not given: 5 and 1")
    parser.add_argument("--without-bare", action="store_true", help="only ours, for memory")
    parser.add_argument("--with-voices", action="store_true", help="also telling speakers apart by voice")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        request = json.load(sys.stdin)
        sound = Sound(**{**request["sound"], "path": Path(request["sound"]["path"])})
        print(json.dumps(asdict(measure(request["what"], sound, request["beams"]))))
        return
    ways = ("ours",) if arguments.without_bare else ("bare", "ours")
    whats = [f"{way} {engine}" for engine in arguments.engines for way in ways]
    print(f"load at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="casebook-benchmark-") as scratch:
        talk = japanese(Path(scratch), arguments.minutes)
        table(talk, compare(talk, [*whats, *[VOICES] * arguments.with_voices], arguments.rounds, arguments.beams))
        speech = english()
        table(speech, compare(speech, whats, 1, arguments.beams))


if __name__ == "__main__":
    main()
