"""What a recording carries beside its sound does not come out: pictures, chapters, subtitles, a second track, tags."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from generator.audit.sound import sound_views, tags_of
from generator.media import prepare_audio
from tests.support.sound import MONO_AAC, copy_with_tags, tone, write_sound

SAID = "北辰電設の佐藤"


def crowded(path: Path) -> Path:
    """An MP4 as a video call writes it: a picture, two tracks of sound, chapters, tags everywhere."""
    with av.open(str(path), "w", format="mp4") as container:
        container.metadata.update({"title": SAID, "artist": SAID, "comment": SAID, "encoder": SAID})
        sounds = [container.add_stream("aac", rate=24_000, layout="mono") for _ in range(2)]
        for sound in sounds:
            sound.metadata.update({"title": SAID, "handler_name": SAID})
        picture = container.add_stream("mpeg4", rate=10)
        picture.width = picture.height = 64
        picture.metadata["handler_name"] = SAID
        chapter = {"id": 1, "start": 0, "end": 1, "time_base": Fraction(1, 1), "metadata": {"title": SAID}}
        container.set_chapters([chapter])
        for number in range(10):
            image = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")
            image.pts = number
            container.mux(picture.encode(image))
        for sound in sounds:
            for number in range(24):
                frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32) + 0.1, "fltp", "mono")
                frame.sample_rate, frame.pts = 24_000, number * 1024
                container.mux(sound.encode(frame))
            container.mux(sound.encode(None))
        container.mux(picture.encode(None))
    return path


def test_nothing_of_a_video_call_but_one_track_of_sound_is_left(tmp_path: Path) -> None:
    """Tags of the file and of its tracks, pictures and further tracks stay behind."""
    source = crowded(tmp_path / "call.mp4")
    assert SAID in str(tags_of(source))
    prepare_audio([source], tmp_path / "audio.m4a")
    with av.open(str(tmp_path / "audio.m4a")) as made:
        assert [stream.type for stream in made.streams] == ["audio"]
        assert made.chapters() == []
    assert not [view.where for view in sound_views(tmp_path / "audio.m4a") if "北辰" in view.text]
    told = {key for key, _ in tags_of(tmp_path / "audio.m4a")}
    assert told <= {"major_brand", "minor_version", "compatible_brands", "encoder"} | {
        f"audio {key}" for key in ("language", "handler_name", "vendor_id")
    }


def test_a_copied_recording_loses_its_tags_too(tmp_path: Path) -> None:
    """Sound that is in the right form is not encoded anew, but what stands beside it goes."""
    write_sound(tmp_path / "plain.m4a", MONO_AAC, tone(2.0, MONO_AAC.rate_hz))
    copy_with_tags(tmp_path / "plain.m4a", tmp_path / "tagged.m4a", {"title": SAID, "lyrics": SAID})
    assert SAID in str(tags_of(tmp_path / "tagged.m4a"))
    prepare_audio([tmp_path / "tagged.m4a"], tmp_path / "audio.m4a")
    assert SAID.encode() not in (tmp_path / "audio.m4a").read_bytes()
    assert SAID not in str(tags_of(tmp_path / "audio.m4a"))
