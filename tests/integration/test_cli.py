"""The ``tracker`` command, as an operator types it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tests.given_imports import a_manifest, a_pdf, a_row
from tests.real_server import settings_in
from tracker import cli
from tracker.platform.errors import Refused
from tracker.settings import SEED

BRENT = SEED / "inspections" / "brent"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("pack", …)`` on a database and a storage folder of this test's own."""
    settings = settings_in(tmp_path / "var") | {"TRACKER_STORAGE_URL": f"file://{tmp_path / 'files'}"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(cli.tracker, [str(word) for word in words])


@pytest.fixture
def ready(run: Run) -> Run:
    """The same, with tables and one authority."""
    assert run("migrate").exit_code == 0
    assert run("add-authority", "brent", "Brent").exit_code == 0
    return run


def test_reading_a_folder_writes_a_line_for_each_file_and_records_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.pdf").write_text("<!doctype html><title>Not a report</title>", encoding="utf-8")
    (tmp_path / "in" / "2023.pdf").write_bytes(next(BRENT.glob("*2023*.pdf")).read_bytes())

    result = run("import-report", tmp_path / "in", "--json", tmp_path / "out.jsonl")

    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert result.exit_code == 0, result.output
    assert {Path(record["file"]).name: "refused" in record for record in records} == {
        "2023.pdf": False,
        "page.pdf": True,
    }
    assert not (tmp_path / "var").exists()


def test_a_doubtful_report_waits_for_a_person_and_says_so(ready: Run) -> None:
    result = ready("import-report", next(BRENT.glob("*2026*.pdf")))

    assert result.exit_code == 0, result.output
    assert "1 file: 1 to check" in result.output


def test_reading_alone_loads_no_room_and_no_database() -> None:
    asked = "import sys, tracker.cli.importing.command; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()

    assert "tracker.inspections.reading.safely" in loaded
    assert not {"flask", "sqlalchemy", "weasyprint", "pypdfium2", "yaml"} & set(loaded)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_says_of_each_command_what_the_command_says_of_itself(name: str) -> None:
    command = cli.tracker.get_command(click.Context(cli.tracker), name)

    assert command is not None
    assert command.help is not None
    assert command.help.partition("\n\n")[0].replace("\n", " ") == cli.COMMANDS[name].does


def test_a_command_that_is_not_there_is_said_so(run: Run) -> None:
    result = run("importreport")

    assert result.exit_code == 2
    assert "No such command 'importreport'" in result.output


def test_a_person_is_added_with_a_role(ready: Run) -> None:
    result = ready(
        "add-person", "dana@example.org", "Dana Whitfield", "--authority", "brent", "--role", "director",
        "--password", "three random words",
    )  # fmt: skip

    assert "Dana Whitfield may sign in as dana@example.org: Director, Brent" in result.output


def test_an_operator_helps_somebody_who_cannot_sign_in(ready: Run) -> None:
    dana = "dana@example.org"
    ready("add-person", dana, "Dana", "--authority", "brent", "--role", "director", "--password", "amber saddle window")

    said = {name: ready(name, dana) for name in ("reset-password", "sign-in-link", "end-sessions")}

    assert "http://127.0.0.1:8000/password/new/" in said["reset-password"].output
    assert "http://127.0.0.1:8000/sign-in/link/" in said["sign-in-link"].output
    assert "Dana is signed out everywhere: no sessions ended" in said["end-sessions"].output
    assert isinstance(ready("reset-codes", dana).exception, Refused), "she has none"
    assert isinstance(ready("remove-passkeys", dana).exception, Refused), "she has none"
    assert "no keys of one-time codes encrypted anew" in ready("seal-anew").output
    assert isinstance(ready("end-sessions", "nobody@example.org").exception, Refused)


def test_a_self_evaluation_pack_without_a_version_is_refused_with_what_to_do(ready: Run, tmp_path: Path) -> None:
    result = ready("pack", "self-evaluation", "--authority", "brent", "-o", tmp_path / "pack.pdf")

    assert isinstance(result.exception, Refused)
    assert "Start the first version" in str(result.exception)
    assert not (tmp_path / "pack.pdf").exists()


def test_an_unknown_authority_is_named(ready: Run, tmp_path: Path) -> None:
    result = ready("pack", "improvement-plan", "--authority", "barnet", "-o", tmp_path / "pack.pdf")

    assert "There is no authority called “barnet”" in str(result.exception)


def test_a_plan_is_made_even_when_it_is_empty(ready: Run, tmp_path: Path) -> None:
    result = ready("pack", "improvement-plan", "--authority", "brent", "-o", tmp_path / "pack.pdf")

    assert result.exit_code == 0, result.output
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF-")
    assert "P-1 Improvement plan" in result.output


def test_the_history_of_a_new_authority_holds(ready: Run) -> None:
    assert "The history holds" in ready("history", "verify").output


def test_an_anchor_of_the_history_is_written_compared_and_believed_only_from_us(ready: Run, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"

    assert f"added to {anchors}" in ready("history", "anchor", "-o", anchors).output
    assert "The history holds" in ready("history", "verify", "--anchors", anchors).output

    anchors.write_text(anchors.read_text(encoding="utf-8").replace('"sequence":', '"sequence":9'), encoding="utf-8")
    told = ready("history", "verify", "--anchors", anchors)
    assert "was changed, or signed with another key" in told.output
    assert isinstance(told.exception, Refused)


def test_the_command_prints_a_refusal_as_a_sentence(
    ready: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["tracker", "add-authority", "Brent!", "Brent"])

    with pytest.raises(SystemExit, match="1"):
        cli.main()

    assert "cannot be part of an address" in capsys.readouterr().err


def test_the_store_is_said_to_hold_and_what_belongs_to_nothing_is_named_and_removed(ready: Run, tmp_path: Path) -> None:
    assert "The store holds: no files" in ready("storage", "verify").output
    (tmp_path / "files" / "ab").mkdir()
    left = tmp_path / "files" / "ab" / ("ab" * 32)
    left.write_bytes(b"belongs to nothing")

    assert "The store holds: 1 file, 1 too young to tell" in ready("storage", "verify").output
    found = ready("storage", "verify", "--older-than", "0")
    assert f"ab/{left.name}: belongs to nothing" in found.output
    assert "1 left over: remove them with --repair." in str(found.exception)

    repaired = ready("storage", "verify", "--older-than", "0", "--repair")
    assert repaired.exit_code == 0
    assert "1 left over removed" in repaired.output
    assert not left.exists()


def test_a_setting_that_is_missing_is_named_and_no_traceback_is_shown(tmp_path: Path) -> None:
    given = {"PATH": os.environ["PATH"], "TRACKER_MAIL": "pigeon"}
    told = subprocess.run(
        [sys.executable, "-c", "from tracker.cli import main; main()", "storage", "verify"],
        env=given, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 1
    assert "TRACKER_MAIL: Input should be" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_folder_of_evidence_is_brought_in_and_again_without_anything_twice(ready: Run, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    (folder / "Visits").mkdir(parents=True)
    (folder / "Visits" / "PLO tracker.pdf").write_bytes(a_pdf())
    (folder / "left.pdf").write_bytes(a_pdf(1))
    (folder / "manifest.csv").write_bytes(a_manifest(a_row()))
    ready("add-person", "amina@example.org", "Amina Yusuf", "--role", "qa_officer", "--authority", "brent",
          "--password", "a long enough secret")  # fmt: skip
    words = ("evidence", "import", folder, "--authority", "brent", "--as", "amina@example.org")

    first, again = ready(*words), ready(*words)

    assert "1 piece of evidence brought in." in first.output, first.output
    assert "left.pdf: no row asks for it" in first.output
    assert "1 row: 0 to take, 1 here already, 0 refused" in again.output


def test_where_evidence_stands_is_found_anew_and_said(ready: Run) -> None:
    assert ready("add-authority", "barnet", "Barnet").exit_code == 0

    every, one = ready("evidence", "place"), ready("evidence", "place", "--authority", "brent")

    assert every.output == "Barnet: no places, none put right\nBrent: no places, none put right\n"
    assert one.output == "Brent: no places, none put right\n"


def test_a_folder_with_a_refused_row_says_which_cell_and_brings_nothing_in(ready: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(a_pdf())
    (tmp_path / "list.csv").write_bytes(a_manifest(a_row(file="a.pdf", dated="soon")))
    ready("add-person", "amina@example.org", "Amina Yusuf", "--role", "qa_officer", "--authority", "brent",
          "--password", "a long enough secret")  # fmt: skip

    result = ready(
        "evidence", "import", tmp_path, "--authority", "brent", "--as", "amina@example.org",
        "--manifest", tmp_path / "list.csv",
    )  # fmt: skip

    assert "Row 2, cell C2: refused: “soon” is not a day." in result.output
    assert isinstance(result.exception, Refused)
