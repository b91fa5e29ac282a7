"""``tracker import-report`` over folders, as an operator runs it: real processes, stopped and begun again."""

import csv
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sqlalchemy import func, select

from tests.report_truth import REPORTS
from tracker import cli
from tracker.application import create_app
from tracker.improvements import importing
from tracker.inspections import commands as inspections
from tracker.inspections.models import Inspection, Review
from tracker.inspections.reading import Reading
from tracker.inspections.rules import ReviewState
from tracker.people import commands as people
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.settings import PROJECT, SEED

BRENT = SEED / "inspections" / "brent"
ILACS = sorted((REPORTS / "ilacs").glob("*.pdf"))
NO_REPORT = b"%PDF-1.7 nonsense"

Line = dict[str, Any]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A database and a storage folder of this test's own."""
    own = {
        "TRACKER_SECRET_KEY": "a key for tests only",
        "TRACKER_DATABASE_URL": f"sqlite:///{tmp_path / 'var' / 'tracker.sqlite'}",
        "TRACKER_STORAGE_URL": f"file://{tmp_path / 'files'}",
    }
    return {**os.environ, **own}


def command(*words: object) -> list[str]:
    return [sys.executable, "-c", "from tracker.cli import main; main()", "import-report", *map(str, words)]


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    return lambda *words: subprocess.run(
        command(*words), env=environment, capture_output=True, text=True, cwd=PROJECT, check=False
    )


@pytest.fixture
def brents(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Tables, and Brent in them; within the test the database can be asked."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "var").mkdir()
    app = create_app()
    with app.app_context():
        db.create_all()
        people.create_authority(slug="brent", name="Brent")
        db.session.commit()
        yield
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def run_here(brents: None) -> Callable[..., Result]:
    """The command in this process, which has everything loaded that a new one takes seconds to load."""
    return lambda *words: CliRunner().invoke(cli.tracker, ["import-report", *map(str, words)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a folder may hold: folders, endings in capitals, the same name and the same content twice, and worse."""
    folder = tmp_path / "reports"
    (folder / "north").mkdir(parents=True)
    (folder / "south").mkdir()
    shutil.copy(ILACS[0], folder / "north" / "report.pdf")
    shutil.copy(ILACS[1], folder / "south" / "report.pdf")
    shutil.copy(ILACS[0], folder / "again.PDF")
    (folder / "bad.pdf").write_bytes(NO_REPORT)
    (folder / "empty.pdf").touch()
    (folder / "gone.pdf").symlink_to(folder / "nowhere.pdf")
    (folder / "link.pdf").symlink_to(ILACS[2])
    (folder / "north" / "back").symlink_to(folder)
    os.mkfifo(folder / "pipe.pdf")
    (folder / "notes.txt").write_text("No report")
    (folder / os.fsdecode(b"caf\xe9.pdf")).write_bytes(NO_REPORT)
    return folder


NAMES = {
    "north/report.pdf", "south/report.pdf", "again.PDF", "bad.pdf", "empty.pdf", "gone.pdf", "link.pdf", "pipe.pdf",
    "caf�.pdf",
}  # fmt: skip


def lines(out: Path) -> list[Line]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def many(folder: Path, count: int) -> Path:
    """Reports that all differ, since some bytes follow the end of each."""
    folder.mkdir()
    for number in range(count):
        content = ILACS[number % len(ILACS)].read_bytes()
        (folder / f"{number:03}.pdf").write_bytes(content + b"\n%% %d" % number)
    return folder


def counted() -> tuple[int, int]:
    """Inspections recorded, reviews that wait. Nothing is kept open, or the command could not write."""
    waiting = select(func.count()).select_from(Review).where(Review.state == ReviewState.TO_CHECK)
    try:
        return db.session.scalar(select(func.count()).select_from(Inspection)) or 0, db.session.scalar(waiting) or 0
    finally:
        db.session.rollback()


def committed(database: Path) -> int:
    """Files that are done, looked at without making the command wait."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM review").fetchone()[0])


def test_every_file_of_a_folder_has_one_line_whatever_the_folder_holds(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text('{"file": "an old one.pdf"}\n')

    said = run(folder, "--json", out)

    assert said.returncode == 0, said.stderr
    written = lines(out)
    assert len(written) == len(NAMES)
    assert {line["file"] for line in written} == NAMES
    refused = {line["file"]: line["refused"] for line in written if "refused" in line}
    assert set(refused) == {"bad.pdf", "empty.pdf", "gone.pdf", "pipe.pdf", "caf�.pdf"}
    assert "could not be opened" in refused["gone.pdf"]
    assert "a device with the name of a PDF" in refused["pipe.pdf"]
    assert "9 files: 4 read, 5 refused" in said.stderr


def test_what_was_doubtful_and_refused_is_told_and_written_to_a_file(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    doubtful = next(path for path in ILACS if "windsor" in path.name)
    shutil.copy(doubtful, folder / "=windsor.pdf")
    (folder / "bad.pdf").write_bytes(NO_REPORT)

    said = run(folder, "--json", tmp_path / "out.jsonl", "--report", tmp_path / "report.csv")
    run(folder, "--json", tmp_path / "out.jsonl", "--report", tmp_path / "report.xlsx")

    assert "Paragraph 16 follows paragraph 14: 15 is not printed." in said.stderr
    assert "bad.pdf: This PDF is damaged" in said.stderr
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["File"]: row["What became of it"] for row in rows} == {"'=windsor.pdf": "Read", "bad.pdf": "Refused"}
    assert "Paragraph 16 follows paragraph 14: 15 is not printed." in [row["Doubt"] for row in rows]
    sheet = load_workbook(tmp_path / "report.xlsx").active
    assert sheet is not None
    assert sheet.max_row == len(rows) + 1


def test_a_report_file_that_cannot_be_written_is_refused_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    said = run(BRENT, "--json", tmp_path / "out.jsonl", "--report", tmp_path / "report.docx")

    assert said.returncode == 1
    assert said.stderr == "The report can be written as .csv or .xlsx. End its name with one of them.\n"
    assert not (tmp_path / "out.jsonl").exists()


def test_lines_that_cannot_be_written_are_refused_in_a_sentence(run: Run, tmp_path: Path) -> None:
    said = run(BRENT, "--json", tmp_path / "nowhere" / "out.jsonl")

    assert said.returncode == 1
    assert "cannot be written: No such file or directory." in said.stderr


def test_reading_that_is_killed_goes_on_with_the_lines_it_has(
    run: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    folder, out = many(tmp_path / "reports", 30), tmp_path / "out.jsonl"
    kill_when(lambda: out.exists() and out.read_bytes().count(b"\n") >= 4, environment, folder, "--json", out)
    with out.open("a", encoding="utf-8") as file:
        file.write('{"file": "029.pdf", "sha')
    done = len(lines_that_are_whole(out))
    (folder / "000.pdf").write_bytes(NO_REPORT)

    said = run(folder, "--json", out, "--resume")

    assert said.returncode == 0, said.stderr
    assert 3 <= done < 30
    assert "files were done before" in said.stderr
    assert sorted(line["file"] for line in lines(out)) == [f"{number:03}.pdf" for number in range(30)]
    assert [line["file"] for line in lines(out) if "refused" in line] == ["000.pdf"]


def test_without_being_asked_to_go_on_everything_is_read_again(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(BRENT, "--json", out)
    before = lines(out)

    said = run(BRENT, "--json", out)

    assert "done before" not in said.stderr
    assert sorted(lines(out), key=lambda line: str(line["file"])) == sorted(before, key=lambda line: str(line["file"]))


def test_own_reports_without_a_doubt_are_recorded_and_the_others_wait(
    run_here: Callable[..., Result], folder: Path
) -> None:
    for path in BRENT.glob("*.pdf"):
        shutil.copy(path, folder)

    said = run_here(folder)

    assert said.exit_code == 0, said.stderr
    recorded, waiting = counted()
    assert recorded + waiting == len(list(BRENT.glob("*.pdf")))
    assert recorded
    assert waiting
    assert "2 the same as another" in said.stdout
    assert "3 added to the reports that can be searched" in said.stdout
    assert "National framework reference of item 1" in said.stdout


def test_importing_that_is_killed_goes_on_where_it_was(
    run_here: Callable[..., Result], environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    content = next(BRENT.glob("*2018*.pdf")).read_bytes()
    for number in range(12):
        (folder / f"{number:02}.pdf").write_bytes(content + b"\n%% %d" % number)
    (folder / "bad.pdf").write_bytes(NO_REPORT)
    kill_when(lambda: committed(tmp_path / "var" / "tracker.sqlite") >= 3, environment, folder)
    done = sum(counted())

    said = run_here(folder)
    once_more = run_here(folder)

    assert 3 <= done < 12
    assert f"{done} of 13 files were done before" in said.stderr or f"{done + 1} of 13" in said.stderr
    assert sum(counted()) == 12
    assert "13 of 13 files were done before, 0 are to be read" in once_more.stderr
    assert "bad.pdf: This PDF is damaged" in once_more.stdout


def test_a_fault_of_ours_with_one_report_stops_none_of_the_others(
    brents: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "reports"
    shutil.copytree(BRENT, folder, ignore=lambda _, names: [name for name in names if not name.endswith(".pdf")])
    wrong, *others = sorted(folder.iterdir())
    take_in = importing.take_in

    def fail_once(authority: Authority, path: Path, reading: Reading, *, today: date) -> importing.TakenIn:
        if path == wrong:
            take_in(authority, path, reading, today=today)
            raise RuntimeError("a fault of ours")
        return take_in(authority, path, reading, today=today)

    monkeypatch.setattr(importing, "take_in", fail_once)
    said = CliRunner().invoke(cli.tracker, ["import-report", str(folder)])

    assert said.exit_code == 0, said.output
    assert f"{wrong.name}: It was read, but could not be recorded. The fault is ours" in said.output
    assert sum(counted()) == len(others)


def test_what_a_person_discarded_does_not_come_back(run_here: Callable[..., Result]) -> None:
    report = next(BRENT.glob("*2026*.pdf"))
    run_here(report)
    inspections.discard(db.session.scalars(select(Review)).one())
    db.session.commit()

    said = run_here(report)

    assert "1 of 1 files were done before" in said.stderr
    assert counted() == (0, 0)


def test_ctrl_c_says_what_is_done_and_how_to_go_on(environment: dict[str, str], tmp_path: Path) -> None:
    folder, out = many(tmp_path / "reports", 30), tmp_path / "out.jsonl"

    said = stopped_when(
        lambda: out.exists() and out.read_bytes().count(b"\n") >= 2, signal.SIGINT, environment, folder, "--json", out
    )

    assert said.returncode == 130
    assert "Stopped. Run the same command with --resume to go on from here." in said.stderr
    assert re.search(r"\d files?: \d+ read", said.stderr)
    assert "Traceback" not in said.stderr
    assert len(lines(out)) < 30


def kill_when(ready: Callable[[], bool], environment: dict[str, str], *words: object) -> None:
    stopped_when(ready, signal.SIGKILL, environment, *words)


def stopped_when(
    ready: Callable[[], bool], how: signal.Signals, environment: dict[str, str], *words: object
) -> "subprocess.CompletedProcess[str]":
    """Run the command until something is so, and send it a signal."""
    started = subprocess.Popen(
        command(*words),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        preexec_fn=heeds_ctrl_c,  # no thread of ours holds a lock here
    )
    until = time.monotonic() + 60
    while not ready() and started.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    started.send_signal(how)
    out, err = started.communicate(timeout=30)
    return subprocess.CompletedProcess(started.args, started.returncode, out, err)


def heeds_ctrl_c() -> None:
    """As in a terminal, even where the tests themselves run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def lines_that_are_whole(out: Path) -> list[Line]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
