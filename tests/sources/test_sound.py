"""Whatever a recorder wrote becomes one stretch of sound at the rate that is asked for, all of it and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import av
import numpy as np
import pytest

from generator.sources.audio import AudioError, AudioReason
from generator.sources.sound import Samples, count_channels, decode_part, join_parts
from tests.support import sound

pytestmark = pytest.mark.audio

ODD = Path(__file__).parents[1] / "data" / "audio" / "odd"
ODD_FILES = sorted(path for path in ODD.iterdir() if path.name not in {"LICENSE", "README.md"})
RATE_HZ = 16_000
WITHIN_S = 0.1
"""Lossy codecs pad their first and last block."""


def decoded(path: Path, channel: int | None = None) -> Samples:
    """All of a file's sound."""
    return np.concatenate(list(decode_part(path, RATE_HZ, channel)))


def write_channels(path: Path, pitches_hz: list[float], layout: str, *, duration_s: float = 2.0) -> Path:
    """A WAV file with a tone of its own on each channel; 0 Hz is silence."""
    tones = np.stack([sound.tone(duration_s, 48_000, pitch_hz) for pitch_hz in pitches_hz])
    with av.open(str(path), "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=48_000, layout=layout)
        frame = av.AudioFrame.from_ndarray((tones * 32767).astype(np.int16).T.reshape(1, -1).copy(), "s16", layout)
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def pitch_hz(samples: Samples) -> float:
    """The loudest frequency; 0 where all is silent."""
    middle = samples[RATE_HZ // 4 : -RATE_HZ // 4]
    spectrum = np.abs(np.fft.rfft(middle))
    return float(np.argmax(spectrum) * RATE_HZ / len(middle)) if spectrum.max() > 1 else 0.0


@pytest.mark.parametrize("form", sound.EVERY_FORM, ids=sound.name_of)
def test_every_form_is_heard_whole(form: sound.Form, tmp_path: Path) -> None:
    """Phone, recorder, call service or browser: the same tone, as long and as loud as it was."""
    heard = decoded(sound.write_recording(tmp_path, form))
    assert heard.dtype == np.float32
    assert len(heard) / RATE_HZ == pytest.approx(3.0, abs=WITHIN_S)
    assert pitch_hz(heard) == pytest.approx(440.0, abs=2)
    assert 0.3 < np.abs(heard).max() < 0.75


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 44_100, 96_000, 192_000])
def test_any_rate_is_brought_to_one(rate_hz: int, tmp_path: Path) -> None:
    """Telephones record at 8 kHz, music recorders at 96 kHz; time and pitch stay."""
    heard = decoded(sound.write_recording(tmp_path, sound.Form(".wav", "pcm_s16le", "wav", rate_hz)))
    assert len(heard) == pytest.approx(3 * RATE_HZ, abs=20)
    assert pitch_hz(heard) == pytest.approx(440.0, abs=1)


def test_the_sound_of_a_video_is_heard(tmp_path: Path) -> None:
    """A video call is an interview too; its pictures are passed over."""
    path = tmp_path / "call.mp4"
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=25, width=64, height=48)
        audio = container.add_stream("aac", rate=48_000, layout="mono", options={"aac_coder": "fast"})
        for number in range(50):
            picture = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number, np.uint8), "rgb24")
            picture.pts = number
            container.mux(video.encode(picture))
        frame = av.AudioFrame.from_ndarray(sound.tone(2.0, 48_000)[None, :], "fltp", "mono")
        frame.sample_rate, frame.pts = 48_000, 0
        container.mux(audio.encode(frame))
        for stream in (video, audio):
            container.mux(stream.encode(None))
    heard = decoded(path)
    assert len(heard) / RATE_HZ == pytest.approx(2.0, abs=WITHIN_S)
    assert pitch_hz(heard) == pytest.approx(440.0, abs=2)


@pytest.mark.parametrize(
    ("layout", "pitches_hz"),
    [
        ("stereo", [300.0, 500.0]),
        ("5.1", [300.0, 400.0, 500.0, 600.0, 700.0, 800.0]),
        ("7.1", [300.0, 400.0, 500.0, 600.0, 700.0, 800.0, 900.0, 1000.0]),
    ],
)
def test_each_channel_can_be_heard_alone(layout: str, pitches_hz: list[float], tmp_path: Path) -> None:
    """With one microphone per person, nobody is heard on another's channel."""
    path = write_channels(tmp_path / "meeting.wav", pitches_hz, layout)
    assert count_channels(path) == len(pitches_hz)
    for channel, expected_hz in enumerate(pitches_hz):
        heard = decoded(path, channel)
        assert len(heard) == pytest.approx(2 * RATE_HZ, abs=20)
        assert pitch_hz(heard) == pytest.approx(expected_hz, abs=2)
        assert np.abs(heard).max() == pytest.approx(0.5, abs=0.01)


def test_a_channel_that_is_not_there_is_silent_for_as_long(tmp_path: Path) -> None:
    """When one part of several was recorded with fewer microphones, times on the joined timeline still agree."""
    path = sound.write_recording(tmp_path, sound.WAV_8_KHZ)
    assert count_channels(path) == 1
    assert np.array_equal(decoded(path, 0), decoded(path))
    missing = decoded(path, 1)
    assert len(missing) == len(decoded(path))
    assert not missing.any()


def test_opposite_channels_are_not_lost_one_by_one(tmp_path: Path) -> None:
    """Two microphones wired the wrong way round cancel each other when mixed; alone, each is loud."""
    path = tmp_path / "reversed.wav"
    tone = (sound.tone(2.0, 48_000) * 32767).astype(np.int16)
    with av.open(str(path), "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=48_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.stack([tone, -tone]).T.reshape(1, -1).copy(), "s16", "stereo")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert np.abs(decoded(path)).max() < 0.001
    assert np.abs(decoded(path, 1)).max() == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("channel", [None, 1])
def test_parts_follow_one_another(channel: int | None, tmp_path: Path) -> None:
    """A recording in several files of several forms is one interview on one timeline."""
    parts = [
        write_channels(tmp_path / "1.wav", [300.0, 500.0], "stereo"),
        sound.write_recording(tmp_path, sound.OGG_OPUS, name="2"),
        sound.write_recording(tmp_path, sound.M4A, name="3"),
    ]
    starts_s: list[float] = []
    joined = np.concatenate(list(join_parts(parts, RATE_HZ, starts_s, channel)))
    assert starts_s == pytest.approx([0.0, 2.0, 5.0], abs=WITHIN_S)
    assert len(joined) / RATE_HZ == pytest.approx(8.0, abs=2 * WITHIN_S)
    # The second file has one channel only, which counts as its first.
    assert sound.loudness(joined, RATE_HZ, 2.2, 4.8) == pytest.approx(0.0 if channel else 0.29, abs=0.03)
    assert pitch_hz(joined[round(starts_s[2] * RATE_HZ) :]) == pytest.approx(440.0, abs=2)


@pytest.mark.parametrize("path", ODD_FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("channel", [None, 0])
def test_odd_files_end_in_sound_or_in_a_reason(path: Path, channel: int | None) -> None:
    """Whatever lies under a recording's name, nothing but AudioError comes out of it."""
    try:
        heard = decoded(path, channel)
    except AudioError as error:
        assert error.path == path
    else:
        assert len(heard) > 0
        assert np.isfinite(heard).all()


def test_what_is_no_recording_says_so(tmp_path: Path) -> None:
    """Each file that cannot be heard has its own reason."""
    reasons = {
        "empty.m4a": (b"", AudioReason.EMPTY_FILE),
        "text.wav": ("こんにちは".encode() * 50, AudioReason.UNREADABLE),
        "pointer.m4a": (b"version https://git-lfs.github.com/spec/v1\n", AudioReason.LFS_POINTER),
    }
    for name, (content, reason) in reasons.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(AudioError) as caught:
            decoded(tmp_path / name)
        assert caught.value.reason is reason


@pytest.mark.parametrize("form", [sound.M4A, sound.MP3, sound.OGG_OPUS, sound.FLAC], ids=sound.name_of)
def test_damage_in_the_middle_leaves_the_rest(form: sound.Form, tmp_path: Path) -> None:
    """A few bytes that went wrong in copying do not cost the interview."""
    whole = sound.write_recording(tmp_path, form, duration_s=6.0)
    content = bytearray(whole.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 200] = bytes(200)
    damaged = tmp_path / f"damaged{form.suffix}"
    damaged.write_bytes(content)
    heard = decoded(damaged)
    assert sound.loudness(heard, RATE_HZ, 0.2, 2.0) > 0.2
    assert len(heard) / RATE_HZ > 4.0


def test_a_recording_that_broke_off_is_heard_to_there(tmp_path: Path) -> None:
    """An upload that stopped still holds the first half of the talk."""
    whole = sound.write_recording(tmp_path, sound.WAV, duration_s=4.0)
    cut_off = tmp_path / "cut.wav"
    shutil.copyfile(whole, cut_off)
    with cut_off.open("r+b") as file:
        file.truncate(whole.stat().st_size // 2)
    assert len(decoded(cut_off)) / RATE_HZ == pytest.approx(2.0, abs=WITHIN_S)


def test_silence_is_sound_too(tmp_path: Path) -> None:
    """A recording in which nobody spoke is not a fault of the file."""
    path = tmp_path / "silent.flac"
    sound.write_sound(path, sound.FLAC, np.zeros(3 * 44_100, np.float32))
    heard = decoded(path)
    assert len(heard) == pytest.approx(3 * RATE_HZ, abs=20)
    assert not heard.any()
