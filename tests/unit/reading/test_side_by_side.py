"""Reading in processes of their own: what stops or keeps one of them harms no other file."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.given_reports import Line, Sheet, pdf, saved
from tests.report_truth import BRENT, FRAMEWORKS, REPORTS
from tracker.inspections.reading import Reading, Unreadable, bounds, read_all, read_safely
from tracker.inspections.reading.safely import STOPPED, TOO_SLOW
from tracker.inspections.reading.worker import TOO_LARGE
from tracker.platform.errors import Refused

REPORT = BRENT / "80489_brent_2026-06-17.pdf"
FRONT = Sheet(
    [
        Line("Inspection of Brent local authority children’s services", 72, 90, 20, bold=True),
        Line("Inspection dates: 20 to 24 February 2023", 72, 120),
        Line("Lead inspector: Ann Example, His Majesty’s Inspector", 72, 140),
    ]
)
MOST_MEMORY_MB = 300
"""Of every process, whatever it reads. Source: the specification."""


@pytest.fixture
def long_report(tmp_path: Path) -> Path:
    """One that takes seconds to read."""
    lines = [Line("Children and families are seen. " * 5, 40, 20 + 9 * number, 6) for number in range(90)]
    return saved(tmp_path, pdf([FRONT, *[Sheet(lines)] * (bounds.MOST_PAGES - 1)]), "long.pdf")


def children(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except FileNotFoundError:
        return []


def everyone() -> Iterator[int]:
    """The keeper of the reading processes, and those."""
    for keeper in children(os.getpid()):
        yield keeper
        yield from children(keeper)


def signalled(which: int, how: signal.Signals) -> threading.Thread:
    """Send a signal, as soon as there is one, to the keeper (0) or the first of those that read (1)."""

    def send() -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            found = list(everyone())
            if len(found) > 1:
                time.sleep(0.2)  # it reads by now
                os.kill(found[which], how)
                return
            time.sleep(0.01)

    thread = threading.Thread(target=send)
    thread.start()
    return thread


@contextmanager
def most_memory_of_any() -> Iterator[list[int]]:
    """Megabytes, of the process that took most while what is inside went on."""
    seen, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.01):
            seen[0] = max(seen[0], *map(_megabytes, everyone()), 0)

    thread = threading.Thread(target=watch)
    thread.start()
    yield seen
    over.set()
    thread.join()


def _megabytes(process: int) -> int:
    """Of a process that reads: one only just begun is still this one, with all that the tests have in memory."""
    try:
        if b"tracker.inspections.reading" not in Path(f"/proc/{process}/cmdline").read_bytes():
            return 0
        status = Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def test_a_file_that_stops_its_process_is_refused_and_the_others_are_read(long_report: Path) -> None:
    sending = signalled(1, signal.SIGSEGV)

    outcomes = dict(read_all([long_report, REPORT, *BRENT.glob("*2018*.pdf")], FRAMEWORKS, processes=1))

    sending.join()
    assert str(outcomes.pop(long_report)) == STOPPED
    assert len(outcomes) == 2
    assert all(isinstance(outcome, Reading) for outcome in outcomes.values())


def test_a_file_that_hangs_is_given_up_and_the_others_are_read(
    long_report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "LONGEST_WAIT", 2.0)
    sending = signalled(1, signal.SIGSTOP)

    outcomes = dict(read_all([long_report, REPORT], FRAMEWORKS, processes=1))

    sending.join()
    assert str(outcomes[long_report]) == TOO_SLOW
    assert isinstance(outcomes[REPORT], Reading)


def test_files_are_still_read_when_the_keeper_of_the_processes_is_killed(long_report: Path) -> None:
    paths = [REPORT, long_report, *sorted((REPORTS / "ilacs").glob("*.pdf"))]
    outcomes = read_all(paths, FRAMEWORKS, processes=1)
    read = dict([next(outcomes)])
    sending = signalled(0, signal.SIGKILL)

    read |= dict(outcomes)

    sending.join()
    assert list(read) != []
    assert set(read) == set(paths)
    assert sum(isinstance(outcome, Unreadable) for outcome in read.values()) <= 2


def test_nothing_is_left_running_when_nobody_waits_for_answers_any_more(long_report: Path) -> None:
    outcomes = read_all([REPORT, long_report], FRAMEWORKS, processes=2)
    next(outcomes)
    running = list(everyone())

    outcomes.close()  # type: ignore[attr-defined]  # it is a generator

    assert running
    assert not [process for process in running if Path(f"/proc/{process}").exists()]


def test_frameworks_that_cannot_be_loaded_are_not_blamed_on_the_files(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Refused, match="The reader does not start"):
        list(read_all([REPORT], tmp_path))

    assert "There are no framework files" in capfd.readouterr().err


def test_nothing_that_lies_where_the_command_is_given_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)

    assert read_safely(REPORT, FRAMEWORKS).authority.value == "Brent"


def test_a_page_that_would_take_too_much_memory_is_refused(tmp_path: Path) -> None:
    crowded = Sheet([Line(f"{number}. Words about children" * 3, 40, 20 + number / 8, 6) for number in range(20_000)])
    path = saved(tmp_path, pdf([FRONT, crowded]))

    with most_memory_of_any() as most, pytest.raises(Unreadable) as refused:
        read_safely(path, FRAMEWORKS)

    assert str(refused.value) in (STOPPED, TOO_LARGE)
    assert 50 < most[0] <= MOST_MEMORY_MB


def test_the_longest_report_that_is_read_takes_little_memory(long_report: Path) -> None:
    with most_memory_of_any() as most:
        reading = read_safely(long_report, FRAMEWORKS)

    assert reading.pages == bounds.MOST_PAGES
    assert 20 < most[0] <= MOST_MEMORY_MB
