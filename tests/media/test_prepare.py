"""What the browser is given plays everywhere, at the right time, without what was withheld."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from generator.media import MediaSettings, prepare_audio
from generator.sources.audio import AudioError, AudioReason, read_audio_facts
from tests.support import sound

pytestmark = pytest.mark.audio

JFK = Path(__file__).parents[1] / "data" / "audio" / "jfk.opus"
WITHIN_S = 0.05


def is_loud(heard: sound.Samples, rate_hz: int, start_s: float, end_s: float) -> bool:
    """Whether every 0.1 s between two times has sound in it."""
    starts = np.arange(start_s, end_s - 0.1, 0.1)
    return all(sound.loudness(heard, rate_hz, start, start + 0.1) > 0.1 for start in starts)


@pytest.mark.parametrize("form", sound.EVERY_FORM, ids=sound.name_of)
def test_every_form_becomes_one_form(form: sound.Form, tmp_path: Path) -> None:
    """Whatever was recorded, readers get mono AAC in .m4a of the same length, loud throughout and never clipped."""
    source = sound.write_recording(tmp_path, form, duration_s=4.0)
    target = tmp_path / "site" / "audio.m4a"
    media = prepare_audio([source], target)
    facts = read_audio_facts(target)
    assert (facts.codec, facts.container, facts.channels) == ("aac", "mp4", 1)
    assert facts.duration_s == pytest.approx(read_audio_facts(source).duration_s, abs=WITHIN_S)
    assert media.duration_s == pytest.approx(facts.duration_s, abs=WITHIN_S)
    assert media.size_bytes == target.stat().st_size
    heard, rate_hz = sound.hear(target)
    assert is_loud(heard, rate_hz, 0.1, 3.9)
    assert 0.3 < np.abs(heard).max() < 0.75


@pytest.mark.parametrize("form", [sound.OGG_OPUS, sound.MONO_AAC], ids=sound.name_of)
def test_muted_stretches_are_silent_and_nothing_else_is(form: sound.Form, tmp_path: Path) -> None:
    """A withheld name leaves no trace in the file; the words before and after it stay."""
    source = sound.write_recording(tmp_path, form, duration_s=8.0)
    target = tmp_path / "audio.m4a"
    prepare_audio([source], target, muted_s=[(2.0, 3.0), (5.5, 5.6), (7.5, 99.0)])
    heard, rate_hz = sound.hear(target)
    for start_s, end_s in [(2.0, 3.0), (5.5, 5.6), (7.5, 8.0)]:
        assert sound.loudness(heard, rate_hz, start_s, end_s) < 1e-5
    for start_s, end_s in [(0.1, 1.9), (3.1, 5.4), (5.7, 7.4)]:
        assert is_loud(heard, rate_hz, start_s, end_s)


def test_the_waveform_does_not_show_what_is_muted(tmp_path: Path) -> None:
    """A name's waveform is part of the name."""
    source = sound.write_recording(tmp_path, sound.WAV, duration_s=4.0)
    media = prepare_audio([source], tmp_path / "audio.m4a", muted_s=[(1.0, 2.0)])
    assert media.peaks[10:20] == (0,) * 10
    assert min(media.peaks[:9] + media.peaks[21:]) > 0


@pytest.mark.parametrize("muted_s", [(3.0, 2.0), (2.0, 2.0), (float("nan"), 2.0)])
def test_a_stretch_turned_round_is_an_error(muted_s: tuple[float, float], tmp_path: Path) -> None:
    """A mistake in what to silence must not end in silencing nothing."""
    source = sound.write_recording(tmp_path, sound.WAV)
    with pytest.raises(ValueError, match="empty or turned round"):
        prepare_audio([source], tmp_path / "audio.m4a", muted_s=[muted_s])
    assert not (tmp_path / "audio.m4a").exists()


def test_parts_play_one_after_another(tmp_path: Path) -> None:
    """A recording in parts of different forms is one timeline, and each part's start on it is told."""
    parts = [
        sound.write_recording(tmp_path, sound.WAV_5_1, duration_s=2.0, name="1"),
        sound.write_recording(tmp_path, sound.WEBM_FROM_A_BROWSER, duration_s=3.0, name="2"),
        sound.write_recording(tmp_path, sound.WAV_8_KHZ, duration_s=1.0, name="3"),
    ]
    target = tmp_path / "audio.m4a"
    media = prepare_audio(parts, target, muted_s=[(1.5, 2.5)])
    assert media.part_starts_s == pytest.approx((0.0, 2.0, 5.0), abs=0.01)
    heard, rate_hz = sound.hear(target)
    assert len(heard) / rate_hz == pytest.approx(6.0, abs=WITHIN_S)
    assert sound.loudness(heard, rate_hz, 1.5, 2.5) < 1e-5
    assert is_loud(heard, rate_hz, 2.6, 5.9)


def test_silence_that_the_recorder_left_out_is_put_back(tmp_path: Path) -> None:
    """Calls send nothing while nobody speaks; without those pauses every later line would play too early."""
    source = tmp_path / "call.webm"
    with av.open(str(source), "w", format="webm") as container:
        stream = container.add_stream("libopus", rate=48_000, layout="mono")
        for start in range(0, 48_000 * 2, 960):
            frame = av.AudioFrame.from_ndarray(sound.tone(0.02, 48_000)[None, :], "flt", "mono")
            frame.sample_rate, frame.pts = 48_000, start
            for packet in stream.encode(frame):
                if start >= 48_000:
                    packet.pts += round(3 / packet.time_base)
                    packet.dts = packet.pts
                container.mux(packet)
    target = tmp_path / "audio.m4a"
    assert prepare_audio([source], target).duration_s == pytest.approx(5.0, abs=WITHIN_S)
    heard, rate_hz = sound.hear(target)
    assert is_loud(heard, rate_hz, 0.1, 0.9)
    assert sound.loudness(heard, rate_hz, 1.2, 3.8) < 1e-3
    assert is_loud(heard, rate_hz, 4.1, 4.9)


def test_mono_aac_is_copied_without_loss(tmp_path: Path) -> None:
    """Encoding twice costs quality and time; what is fit to play is passed on as it is."""
    source = sound.write_recording(tmp_path, sound.MONO_AAC, duration_s=4.0)
    target = tmp_path / "copy.m4a"
    media = prepare_audio([source], target)
    assert media.duration_s == pytest.approx(4.0, abs=WITHIN_S)
    np.testing.assert_array_equal(sound.hear(target)[0], sound.hear(source)[0])


@pytest.mark.parametrize("form", [sound.MONO_AAC, sound.FLAC], ids=["copied", "encoded"])
def test_nothing_but_sound_is_passed_on(form: sound.Form, tmp_path: Path) -> None:
    """Recorders write names, places and times into a file; none of that is the reader's."""
    source = sound.write_recording(tmp_path, form, tags=[("title", "ACME interview"), ("artist", "Sato")])
    target = tmp_path / "audio.m4a"
    prepare_audio([source], target)
    content = target.read_bytes()
    assert not [word for word in (b"ACME", b"Sato", b"Lavf") if word in content]
    assert not set(read_audio_facts(target).tags) - {
        "major_brand", "minor_version", "compatible_brands", "language", "handler_name"
    }  # fmt: skip


@pytest.mark.parametrize("form", [sound.MONO_AAC, sound.MP3], ids=["copied", "encoded"])
def test_a_browser_can_seek_after_one_request(form: sound.Form, tmp_path: Path) -> None:
    """The index stands before the sound."""
    target = tmp_path / "audio.m4a"
    prepare_audio([sound.write_recording(tmp_path, form)], target)
    content = target.read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_the_same_recording_gives_the_same_bytes(tmp_path: Path) -> None:
    """An unchanged recording is not sent to anybody twice."""
    first, second = tmp_path / "first.m4a", tmp_path / "second.m4a"
    assert prepare_audio([JFK], first) == prepare_audio([JFK], second)
    assert first.read_bytes() == second.read_bytes()


def test_speech_is_as_small_as_the_settings_say(tmp_path: Path) -> None:
    """An hour of talk at 40 kbit/s is 18 MB; the index adds little."""
    media = prepare_audio([JFK], tmp_path / "audio.m4a", settings=MediaSettings(bit_rate_bps=40_000))
    assert media.duration_s == pytest.approx(11.0, abs=WITHIN_S)
    assert media.size_bytes * 8 / media.duration_s < 40_000 * 1.15


def test_sound_that_is_no_number_does_not_stop_a_build(tmp_path: Path) -> None:
    """Damaged floating-point recordings hold NaN and infinities, which an encoder refuses."""
    tone = sound.tone(3.0, 48_000)
    tone[48_000:48_100], tone[60_000] = np.nan, np.inf
    source = tmp_path / "damaged.wav"
    sound.write_sound(source, sound.WAV_FLOAT, tone)
    target = tmp_path / "audio.m4a"
    prepare_audio([source], target)
    heard, rate_hz = sound.hear(target)
    assert is_loud(heard, rate_hz, 0.1, 2.9)


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    """The last good recording stays until a new one is whole, and no half-written file stays beside it."""
    target = tmp_path / "audio.m4a"
    prepare_audio([JFK], target)
    before = target.read_bytes()
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"no sound at all")
    with pytest.raises(AudioError) as caught:
        prepare_audio([JFK, broken], target)
    assert (caught.value.reason, caught.value.path) == (AudioReason.UNREADABLE, broken)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audio.m4a", "broken.mp3"]


def test_a_recording_has_parts(tmp_path: Path) -> None:
    """No parts is a mistake of the caller, not silence."""
    with pytest.raises(ValueError, match="at least one part"):
        prepare_audio([], tmp_path / "audio.m4a")
