"""What is told about a recording is true, and whatever else lies under its name is refused in words."""

from __future__ import annotations

import os
import pickle
import struct
from pathlib import Path

import av
import pytest

from generator.sources.audio import SUFFIXES, AudioError, AudioFacts, AudioReason, read_audio_facts
from tests.support import sound

pytestmark = pytest.mark.audio

DATA = Path(__file__).parents[1] / "data" / "audio"
PROC_IO = Path("/proc/self/io")

PLAYABLE_S = {
    "8khz_5s.opus": 5.0,
    "corrupt_metadata.ogg": 2.132,
    "cut_off_titles.mp3": 0.052,
    "detect_mp3_fffb.x": 3.736,
    "detect_ogg_opus.x": 1.0,
    "gsm_6_10.wav": 0.1,
    "id3_multiple_artists.mp3": 0.1,
    "non_ascii_filename_äää.mp3": 5.0,
    "riff_extra_zero.wav": 0.116,
    "silence-22khz-mono-1s.mp3": 1.071,
    "vbr_xing_header_short.mp3": 0.006,
    "wav_invalid_track_number.wav": 0.1,
}
"""Files of `odd/` that a player plays, whatever their tags, and for how long."""


def reason_for(path: Path) -> AudioReason:
    """Why the file is refused, which it has to be."""
    with pytest.raises(AudioError) as caught:
        read_audio_facts(path)
    assert caught.value.path == path
    return caught.value.reason


def bytes_read() -> int:
    """What this process has read from files so far."""
    return int(PROC_IO.read_text(encoding="ascii").splitlines()[0].removeprefix("rchar: "))


def wav_file(path: Path, *, stated_bytes: int, samples: int) -> Path:
    """A WAV file of 8 kHz, mono, whose header states what it likes."""
    form = struct.pack("<IHHIIHH", 16, 1, 1, 8_000, 16_000, 2, 16)
    riff = b"RIFF" + struct.pack("<I", min(36 + stated_bytes, 2**32 - 1)) + b"WAVEfmt " + form
    path.write_bytes(riff + b"data" + struct.pack("<I", stated_bytes) + b"\x10\x20" * samples)
    return path


@pytest.mark.parametrize("form", sound.EVERY_FORM, ids=sound.name_of)
def test_length_is_true_in_every_form(form: sound.Form, tmp_path: Path) -> None:
    """A recording is as long as it plays, whichever recorder wrote it and whatever its header leaves out."""
    facts = read_audio_facts(sound.write_recording(tmp_path, form, duration_s=12.0))
    # An MP3 or ADTS file does not say how much of its first and last frame is padding: two frames of 43 ms.
    assert facts.duration_s == pytest.approx(12.0, abs=0.087)
    assert facts.sample_rate_hz == form.rate_hz
    assert facts.channels == av.AudioLayout(form.layout).nb_channels


@pytest.mark.parametrize("form", [f for f in sound.EVERY_FORM if f.container not in {"ipod", "mp4"}], ids=sound.name_of)
def test_a_recording_that_was_cut_off_is_as_long_as_what_is_left(form: sound.Form, tmp_path: Path) -> None:
    """A header that promises more than the file holds is not believed."""
    path = sound.write_recording(tmp_path, form, duration_s=20.0)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert read_audio_facts(path).duration_s == pytest.approx(10.0, abs=0.7)


def test_a_cut_off_m4a_is_refused(tmp_path: Path) -> None:
    """An .m4a keeps its index at its end; without it nothing can be played."""
    path = sound.write_recording(tmp_path, sound.M4A)
    path.write_bytes(path.read_bytes()[:-2000])
    assert reason_for(path) is AudioReason.UNREADABLE


def test_an_m4a_with_its_index_but_without_its_sound_is_refused() -> None:
    """A header that promises 315 s over a file that holds none is damage, not a recording."""
    with pytest.raises(AudioError) as caught:
        read_audio_facts(DATA / "odd" / "test.m4a")
    assert caught.value.reason is AudioReason.UNREADABLE
    assert caught.value.detail == "cut off: 315.0 s stated, none there"


@pytest.mark.parametrize("stated_bytes", [0, 2**32 - 1], ids=["none", "without end"])
def test_a_wav_written_to_a_pipe_has_its_true_length(stated_bytes: int, tmp_path: Path) -> None:
    """Programs that cannot go back to the header leave a length of nothing or of 4 GiB in it."""
    path = wav_file(tmp_path / "piped.wav", stated_bytes=stated_bytes, samples=16_000)
    assert read_audio_facts(path).duration_s == pytest.approx(2.0, abs=0.001)


def test_joined_mp3_files_have_the_length_of_all(tmp_path: Path) -> None:
    """Two MP3 files in one play one after the other, though the first header counts only its own frames."""
    path = sound.write_recording(tmp_path, sound.MP3, duration_s=5.0)
    path.write_bytes(path.read_bytes() * 2)
    assert read_audio_facts(path).duration_s == pytest.approx(10.0, abs=0.15)


@pytest.mark.skipif(not PROC_IO.exists(), reason="this system does not count what a process reads")
def test_only_the_ends_of_a_long_recording_are_read(tmp_path: Path) -> None:
    """A length that the header states is checked at the file's end; the hours between are not read."""
    path = tmp_path / "long.wav"
    sound_bytes = 8_000 * 2 * 3600 * 11
    wav_file(path, stated_bytes=sound_bytes, samples=8_000)
    os.truncate(path, 44 + sound_bytes)
    before = bytes_read()
    assert read_audio_facts(path).duration_s == pytest.approx(11 * 3600)
    assert bytes_read() - before < sound_bytes / 100


def test_facts_and_tags_are_told_as_found(tmp_path: Path) -> None:
    """Tags are kept as they are: they may name people, which publication has to know."""
    path = sound.write_recording(tmp_path, sound.FLAC, tags=[("TITLE", "失注 インタビュー"), ("ARTIST", "佐藤")])
    facts = read_audio_facts(path)
    assert (facts.codec, facts.container, facts.size_bytes) == ("flac", "flac", path.stat().st_size)
    assert {key.lower(): value for key, value in facts.tags.items()}["title"] == "失注 インタビュー"
    assert "佐藤" in facts.tags.values()


def test_the_name_says_nothing_about_what_is_inside(tmp_path: Path) -> None:
    """Recorders and people give sound wrong suffixes; it is read all the same."""
    path = sound.write_recording(tmp_path, sound.ADTS_CALLED_M4A)
    assert path.suffix in SUFFIXES
    assert read_audio_facts(path).container == "adts"


@pytest.mark.parametrize("path", sorted((DATA / "odd").iterdir()), ids=lambda path: path.name)
def test_odd_files_are_told_or_refused(path: Path) -> None:
    """Odd tags do not keep sound from being played; what is not sound is refused, and nothing else happens."""
    if path.name in PLAYABLE_S:
        assert read_audio_facts(path).duration_s == pytest.approx(PLAYABLE_S[path.name], abs=0.01)
    elif path.name == "empty_file.mp3":
        assert reason_for(path) is AudioReason.EMPTY_FILE
    else:
        assert reason_for(path) is AudioReason.UNREADABLE


def test_a_git_lfs_pointer_is_told_from_damage(tmp_path: Path) -> None:
    """The editor has to fetch the file, not to record the interview again."""
    path = tmp_path / "audio.m4a"
    path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n", encoding="utf-8")
    assert reason_for(path) is AudioReason.LFS_POINTER


def test_a_video_without_sound_is_told(tmp_path: Path) -> None:
    """A meeting recorded with its microphone off is a media file, and no recording."""
    path = tmp_path / "video.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        for place in range(10):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts = place
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert reason_for(path) is AudioReason.NO_AUDIO


def test_a_recording_of_nothing_is_told(tmp_path: Path) -> None:
    """A header with no sound behind it is a recording that was never started."""
    assert reason_for(wav_file(tmp_path / "nothing.wav", stated_bytes=0, samples=0)) is AudioReason.ZERO_LENGTH


def test_no_interview_is_longer_than_half_a_day(tmp_path: Path) -> None:
    """A recorder left running, or a damaged header, must not keep a build busy for days."""
    path = wav_file(tmp_path / "forgotten.wav", stated_bytes=8_000 * 2 * 3600 * 13, samples=8_000)
    os.truncate(path, 44 + 8_000 * 2 * 3600 * 13)
    assert reason_for(path) is AudioReason.TOO_LONG


@pytest.mark.parametrize(
    "text",
    ["#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{}\n#EXT-X-ENDLIST\n", "ffconcat version 1.0\nfile '{}'\n"],
    ids=["HLS", "ffconcat"],
)
def test_a_playlist_opens_no_other_file(text: str, tmp_path: Path) -> None:
    """A file in a case cannot pull in another one, or an address on the network, by naming it."""
    other = sound.write_recording(tmp_path, sound.MP3, name="other")
    path = tmp_path / "audio.mp3"
    path.write_text(text.format(other), encoding="utf-8")
    assert reason_for(path) is AudioReason.UNREADABLE


@pytest.mark.parametrize("name", ["missing.mp3", "folder.m4a", "nul\0.mp3", "x" * 300 + ".mp3", "concat:a.mp3|b.mp3"])
def test_what_is_no_file_is_refused(name: str, tmp_path: Path) -> None:
    """Names that the file system or FFmpeg would stumble over are refused like any other."""
    (tmp_path / "folder.m4a").mkdir()
    assert reason_for(tmp_path / name) is AudioReason.UNREADABLE


@pytest.mark.parametrize("flip", range(40))
def test_damage_anywhere_is_never_a_traceback(flip: int, tmp_path: Path) -> None:
    """Whatever bytes are wrong, the answer is facts or an AudioError."""
    form = sound.EVERY_FORM[flip % len(sound.EVERY_FORM)]
    path = sound.write_recording(tmp_path, form, duration_s=1.0)
    content = bytearray(path.read_bytes())
    for place in range(flip, min(len(content), 4_000), 41):
        content[place] ^= 0xFF
    path.write_bytes(content)
    try:
        assert isinstance(read_audio_facts(path), AudioFacts)
    except AudioError as error:
        assert str(error).startswith(f"{path}: {error.reason.value}")


def test_an_error_survives_the_way_between_processes() -> None:
    """Recordings are prepared in other processes; what is wrong with one must come back whole."""
    error = AudioError(Path("audio.m4a"), AudioReason.TOO_LONG, "13.0 h")
    returned = pickle.loads(pickle.dumps(error))  # noqa: S301 - pickled on the line itself
    assert (returned.path, returned.reason, returned.detail) == (error.path, error.reason, error.detail)
