"""Whatever a file does to the process that works on it, the one that asks gets an answer or a sentence."""

import time
from pathlib import Path

import pytest

from tracker.platform import apart
from tracker.platform.apart import GaveUp
from tracker.platform.errors import Refused
from tracker.platform.held import MEGABYTE, Limits


def test_the_answer_comes_back() -> None:
    assert apart.call("operator:add", [1, "two"], [None]) == [1, "two", None]


def test_what_works_apart_sees_none_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SECRET_KEY", "never told")

    assert apart.call("os:getenv", "TRACKER_SECRET_KEY") is None


def test_a_refusal_comes_back_in_its_own_words() -> None:
    with pytest.raises(Refused, match="The file has 301 pages"):
        apart.call("tracker.inspections.reading.bounds:check_pages", 301)


def test_more_memory_than_it_may_have_is_refused_and_not_given() -> None:
    with pytest.raises(GaveUp, match="more memory than it may"):
        apart.call("operator:mul", "a", 2048 * MEGABYTE)


def test_work_without_end_stops_when_its_processor_time_is_used() -> None:
    with pytest.raises(GaveUp, match="longer than it may"):
        apart.call("re:fullmatch", "(a+)+b", "a" * 60, limits=Limits(cpu=1))


def test_work_that_only_waits_is_stopped() -> None:
    with pytest.raises(GaveUp, match="longer than it may"):
        apart.call("time:sleep", 1000, limits=Limits(wait=1))


def test_a_crash_is_a_sentence() -> None:
    with pytest.raises(GaveUp, match="stops the program"):
        apart.call("os:abort")


def test_a_process_that_ends_without_an_answer_is_a_sentence() -> None:
    with pytest.raises(GaveUp, match="stops the program"):
        apart.call("os:_exit", 0)


def test_a_fault_of_ours_is_a_sentence_and_not_the_askers_fault() -> None:
    with pytest.raises(GaveUp, match="stops the program"):
        apart.call("operator:truediv", 1, 0)


def test_an_answer_that_json_cannot_say_is_a_fault() -> None:
    with pytest.raises(GaveUp, match="stops the program"):
        apart.call("builtins:object")


def test_a_file_never_grows_beyond_its_bound(tmp_path: Path) -> None:
    with pytest.raises(GaveUp):
        apart.call("shutil:copyfile", "/dev/zero", str(tmp_path / "grows"), limits=Limits(file=MEGABYTE))

    assert (tmp_path / "grows").stat().st_size == MEGABYTE


def test_an_answer_never_grows_beyond_its_bound() -> None:
    with pytest.raises(GaveUp, match="more memory than it may"):
        apart.call("operator:mul", "a", 2 * MEGABYTE, limits=Limits(answer=MEGABYTE))


def test_nothing_that_it_started_is_left(tmp_path: Path) -> None:
    apart.call("os:system", f"sleep 1000 & echo $! > {tmp_path / 'number'}")

    started = int((tmp_path / "number").read_text())
    for _ in range(200):
        if _has_ended(started):
            return
        time.sleep(0.05)
    raise AssertionError("what the call had started still runs")


def _has_ended(number: int) -> bool:
    try:
        return "(sleep) Z" in Path(f"/proc/{number}/stat").read_text()
    except FileNotFoundError:
        return True
