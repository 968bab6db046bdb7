"""Spreading work over processes changes nothing but the time it takes."""

from __future__ import annotations

import os
import threading
from functools import partial
from pathlib import Path

import pytest

from generator.processes import MANY, spread
from tests.support.building import wait_for

_prefix: list[str] = []


def open_with(prefix: str) -> None:
    """What each process is told before it works."""
    _prefix[:] = [prefix]


def named(number: int) -> tuple[str, int]:
    """A result that shows what the process was told, and which it was."""
    return f"{_prefix[0]}{number}", os.getpid()


def meet(number: int, place: Path) -> int:
    """Wait until another process works too; which one this is."""
    del number
    (place / str(os.getpid())).touch()
    wait_for(lambda: len(list(place.iterdir())) > 1, "two processes to work at once")
    return os.getpid()


def fail_at_seven(number: int) -> int:
    """Work that goes wrong."""
    if number == 7:
        raise ValueError(number)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3, None])
@pytest.mark.parametrize("count", [0, 1, 9, MANY + 5])
def test_results_come_in_the_order_of_the_items(jobs: int | None, count: int) -> None:
    """However many processes there are, and however few items."""
    found = list(spread(named, range(count), jobs=jobs, opening=partial(open_with, "n")))
    assert [name for name, _ in found] == [f"n{number}" for number in range(count)]


def test_many_items_leave_this_process(tmp_path: Path) -> None:
    """With several processes, this one only collects, and they work at the same time."""
    pids = set(spread(partial(meet, place=tmp_path), range(200), jobs=2))
    assert os.getpid() not in pids
    assert len(pids) == 2


def test_nothing_is_left_of_the_processes_when_the_last_result_is_there() -> None:
    """Who takes as many results as there are items asks no more: threads left behind would keep others from forking."""
    threads = threading.active_count()
    results = spread(named, range(40), jobs=2, opening=partial(open_with, "n"))
    assert [next(results)[0] for _ in range(40)][-1] == "n39"
    assert threading.active_count() == threads


def test_few_items_stay_here() -> None:
    """Starting processes for a handful of cases would only take longer."""
    pids = {pid for _, pid in spread(named, range(MANY - 1), opening=partial(open_with, "n"))}
    assert pids == {os.getpid()}


def test_a_program_with_threads_starts_fresh_processes() -> None:
    """Forking a program with threads may hang, so a preview, which has some, does without."""
    over = threading.Event()
    waiting = threading.Thread(target=over.wait)
    waiting.start()
    try:
        found = list(spread(named, range(30), jobs=2, opening=partial(open_with, "t")))
    finally:
        over.set()
        waiting.join()
    assert [name for name, _ in found] == [f"t{number}" for number in range(30)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_anywhere_is_raised_here(jobs: int) -> None:
    """No result is silently left out."""
    with pytest.raises(ValueError, match="7"):
        list(spread(fail_at_seven, range(40), jobs=jobs))
