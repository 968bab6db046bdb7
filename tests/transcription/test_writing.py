"""The transcript comes into its file whole, or the one that was there stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.sources.webvtt import VttFile, parse, write
from generator.transcription.alignment import NO_TRANSCRIPT, Merged, merge
from generator.transcription.values import TranscriptionError
from generator.transcription.writing import write_transcript
from generator.validate.plain_transcript import read_plain_transcript
from tests.transcription.talks import heard, said

TALK = said(("話者1", "決め手は 何でしたか"), ("話者2", "前の端末は 手袋のまま 使えない んです"))
DRAFTS = tuple(replace(draft, doubts=("low-confidence",)) for draft in heard(TALK))


def merged() -> Merged:
    """A first transcript."""
    return merge(NO_TRANSCRIPT, DRAFTS, engine="engine 1, model a", proposed=("話者1", "話者2"))


def test_written_transcript_reads_back_as_the_same(tmp_path: Path) -> None:
    """UTF-8, LF, no flaw, and read the short way, so that a thousand of them load in seconds."""
    target = tmp_path / "transcript.vtt"
    write_transcript(target, merged())
    content = target.read_bytes()
    assert parse(content) == merged().file
    assert not parse(content).flaws
    assert b"\r" not in content
    plain = read_plain_transcript(content)
    assert plain is not None
    assert len(plain.comments) == 3


def test_what_is_left_for_the_editor_is_readable(tmp_path: Path) -> None:
    """The whole file, as an editor sees it."""
    target = tmp_path / "transcript.vtt"
    write_transcript(target, merged())
    assert target.read_text(encoding="utf-8") == (
        "WEBVTT\n"
        "\n"
        "NOTE verify by ear q001: low-confidence\n"
        "\n"
        "q001\n"
        "00:00:00.000 --> 00:00:01.080\n"
        "<v 話者1>決め手は何でしたか\n"
        "\n"
        "NOTE verify by ear q002: low-confidence\n"
        "\n"
        "q002\n"
        "00:00:01.580 --> 00:00:03.620\n"
        "<v 話者2>前の端末は手袋のまま使えないんです\n"
        "\n"
        "NOTE\n"
        "casebook heard: by this, casebook transcribe knows which lines you corrected. Please leave it here.\n"
        "engine: engine 1, model a\n"
        "drafts: d14fd64a\n"
        "next: q003\n"
        "proposed: 話者1, 話者2\n"
        "q001 5bd41cd3 verify <話者1>\n"
        "q002 85df4115 verify <話者2>\n"
    )


def test_what_cannot_be_written_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    """And nothing else beside it."""
    target = tmp_path / "transcript.vtt"
    target.write_text("WEBVTT\n", encoding="utf-8")
    broken = Merged(VttFile(blocks=(replace(merged().cues[0], start_s=-1.0),)))
    with pytest.raises(
        TranscriptionError, match=r"transcript\.vtt cannot be written .* - what was there before stays - "
    ):
        write_transcript(target, broken)
    assert [path.name for path in tmp_path.iterdir()] == ["transcript.vtt"]
    assert target.read_text(encoding="utf-8") == "WEBVTT\n"


def test_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    """No traceback."""
    with pytest.raises(TranscriptionError, match="No such file"):
        write_transcript(tmp_path / "gone" / "transcript.vtt", merged())


def test_link_and_rights_stay(tmp_path: Path) -> None:
    """A transcript that is a link elsewhere is written there, with the rights it had."""
    real = tmp_path / "real.vtt"
    real.write_text("WEBVTT\n", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "transcript.vtt"
    link.symlink_to(real)
    write_transcript(link, merged())
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == write(merged().file)
    assert real.stat().st_mode & 0o777 == 0o640


def test_new_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    """Colleagues can read it."""
    target, other = tmp_path / "transcript.vtt", tmp_path / "other"
    write_transcript(target, merged())
    other.touch()
    assert target.stat().st_mode == other.stat().st_mode
