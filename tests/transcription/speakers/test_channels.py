"""One person per channel: taken for it where it is so, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from generator.transcription.activity import speech
from generator.transcription.speakers.channels import (
    JUDGED,
    Separation,
    read_separation,
    separation,
    silenced,
    sound_of_channel,
)
from generator.transcription.values import RATE_HZ, Samples
from tests.transcription.speakers.recordings import (
    AT_ONCE,
    CALL,
    Pair,
    apart,
    in_a_room,
    music,
    noise,
    overhearing,
    sound,
    write_wav,
)

pytestmark = pytest.mark.audio


def judged(pair: Pair) -> Separation | None:
    """The decision on sound that comes in stretches of a second."""
    left, right = pair
    starts = range(0, len(left), RATE_HZ)
    return separation([(left[at : at + RATE_HZ], right[at : at + RATE_HZ]) for at in starts], speech)


def mixed() -> Samples:
    """Both people of the interview on one channel."""
    left, right = apart()
    return left + right


def noisy(level: float) -> Pair:
    """One person per channel, with noise on both."""
    left, right = apart()
    return left + noise(left, level), right + noise(right, level)[::-1]


ONE_EACH: dict[str, Callable[[], Pair]] = {
    "a call service": apart,
    "both at once": lambda: (sound(AT_ONCE, channel=0), sound(AT_ONCE, channel=1)),
    "noise at -60 dB": lambda: noisy(0.001),
    "noise at -40 dB": lambda: noisy(0.01),
    "overheard at -30 dB": lambda: overhearing(apart(), 30),
    "overheard at -20 dB": lambda: overhearing(apart(), 20),
    "overheard at -15 dB": lambda: overhearing(apart(), 15),
    "microphones at the collar": lambda: in_a_room(apart(), near=1, far=0.1, delay=100, echo=0.1),
}
NOT_ONE_EACH: dict[str, Callable[[], Pair]] = {
    "the same sound twice": lambda: (mixed(), mixed()),
    "the same sound, one softer": lambda: (mixed(), 0.2 * mixed()),
    "one silent": lambda: (mixed(), 0 * mixed()),
    "both silent": lambda: (0 * mixed(), 0 * mixed()),
    "one hisses": lambda: (mixed(), noise(mixed(), 0.01)),
    "one hisses louder than speech": lambda: (mixed(), noise(mixed(), 0.1)),
    "both hiss": lambda: (noise(mixed(), 0.1), noise(mixed(), 0.1)[::-1].copy()),
    "one plays music": lambda: (mixed(), music(mixed())),
    "overheard at -10 dB": lambda: overhearing(apart(), 10),
    "a room, microphones apart": lambda: in_a_room(apart(), near=1, far=0.7, delay=10, echo=0.5),
    "a room, microphones turned away from each other": lambda: in_a_room(apart(), near=1, far=0.4, delay=8, echo=0.3),
    "nothing": lambda: (np.zeros(0, np.float32), np.zeros(0, np.float32)),
}


@pytest.mark.parametrize("name", ONE_EACH)
def test_one_person_per_channel_is_known(name: str) -> None:
    """Two people with a microphone each, also when they speak at once or hear each other from afar."""
    assert judged(ONE_EACH[name]()) is not None


@pytest.mark.parametrize("name", NOT_ONE_EACH)
def test_other_stereo_is_not_taken_for_it(name: str) -> None:
    """Anything else is transcribed mixed: on its own, a channel would lose words or say everything twice."""
    assert judged(NOT_ONE_EACH[name]()) is None


@pytest.mark.parametrize("below_db", [15, 20, 30])
def test_what_is_overheard_is_silenced(below_db: float) -> None:
    """No sentence is written twice: in one person's channel nothing of the other remains to be heard."""
    alone = apart()
    found = judged(overhearing(alone, below_db))
    assert found is not None
    for channel, heard in enumerate(overhearing(alone, below_db)):
        (quiet,) = silenced([heard], found.overheard[channel])
        of_the_other = np.abs(alone[1 - channel]) > 0.02
        assert np.mean(quiet[of_the_other] != 0) < 0.01
        own = np.abs(alone[channel]) > 0.02
        assert np.mean(quiet[own] == heard[own]) > 0.99


def test_nothing_is_silenced_where_nothing_is_overheard() -> None:
    """A soft yes while the other one talks is kept."""
    found = judged((sound(AT_ONCE, channel=0), sound(AT_ONCE, channel=1)))
    assert found == Separation(((), ()))


def test_the_answer_does_not_depend_on_how_sound_is_handed_over() -> None:
    """The same recording gives the same windows, whatever its container's blocks are."""
    left, right = overhearing(apart(), 20)
    assert separation([(left, right)], speech) == judged((left, right))


def test_a_file_is_read_only_as_far_as_needed() -> None:
    """Ninety minutes of a room's stereo cost no more than ten."""
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield mixed(), mixed()

    assert separation(endless(), speech) is None  # type: ignore[arg-type]
    assert taken * len(mixed()) <= JUDGED + 2 * len(mixed())


def test_each_person_is_heard_from_a_file(tmp_path: Path) -> None:
    """From the file to the sound of one person, at its place on the joined timeline of two parts."""
    pair = overhearing(apart(30.0), 20)
    parts = [write_wav(tmp_path / f"{name}.wav", pair, "stereo") for name in "ab"]
    found = read_separation(parts, speech)
    assert found is not None
    heard = np.concatenate(list(sound_of_channel(parts, 1, found)))
    assert len(heard) == 2 * len(pair[1])
    spoken_s = sum(end - start for start, end in speech(heard))
    alone_s = 2 * sum(end - start for start, end in speech(apart(30.0)[1]))
    assert spoken_s == pytest.approx(alone_s, rel=0.1)


def test_other_numbers_of_channels_are_mixed(tmp_path: Path) -> None:
    """One channel is everybody; of 5.1 nobody knows who sits where; one mono part means the rest is not relied on."""
    left, right = apart(30.0)
    surround = write_wav(tmp_path / "surround.wav", [left, right, left * 0, left * 0, left, right], "5.1")
    stereo = write_wav(tmp_path / "stereo.wav", [left, right], "stereo")
    assert read_separation([CALL / "audio.flac"], speech) is None
    assert read_separation([surround], speech) is None
    assert read_separation([stereo, CALL / "audio.flac"], speech) is None
    assert read_separation([stereo], speech) is not None
    assert read_separation([], speech) is None


def test_the_editor_may_insist(tmp_path: Path) -> None:
    """With --speakers channels two channels are two people, whatever they sound like."""
    stereo = write_wav(tmp_path / "stereo.wav", [mixed(), mixed()], "stereo")
    assert read_separation([stereo], speech) is None
    assert read_separation([stereo], speech, sure=True) is not None
