"""What a spreadsheet of figures changes: applied whole, nothing behind anybody, and sent out to come back."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tests import given_figures, given_indicators
from tests.given_figures import ADDRESS, LETTERS, apply, bring_in, errors_of, figures, kept, outcomes
from tests.given_figures import letters as letters  # a fixture
from tests.given_figures import referrals as referrals  # a fixture
from tests.given_sheets import a_workbook
from tests.queries_counted import at_most
from tracker.indicators import commands
from tracker.indicators.importing.models import FigureSheet
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.rules import Period, Unit
from tracker.people.models import Authority
from tracker.platform import history


def test_a_final_figure_changes_for_a_reason_only_and_nothing_else_meanwhile(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    rows = (("Measure", "Aug-26", "Sep-26", "Oct-26"), (LETTERS, "63%", "68%", "71%"))
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    assert outcomes(qa_officer, address)["2"] == ["Changed", "September 2026: 69% → 68% October 2026: 71%"]
    assert "1 final figure would change" in qa_officer.get(address).text

    refused = apply(qa_officer, address)
    assert errors_of(refused) == "A final figure changes. Say why, once for the whole file."
    assert figures(letters, session) == {"Aug 26": "63", "Sep 26": "69"}

    apply(qa_officer, address, reason="September was counted again")
    assert figures(letters, session) == {"Aug 26": "63", "Sep 26": "68", "Oct 26": "71"}
    entry = history.of(letters)[0]
    assert entry.what == "2 figures brought in from scorecard.xlsx: September 2026 from 69% to 68%"
    assert entry.why == "September was counted again"


def test_a_provisional_figure_becomes_final_without_a_reason_and_never_the_other_way(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    letters.values[1].provisional = True
    session.flush()
    final = (("Measure", "Period", "Value", "Status"), ("M-1", "Sep 2026", "69%", "Final"))
    address = bring_in(qa_officer, a_workbook(final))
    given_figures.columns(qa_officer, address)
    assert outcomes(qa_officer, address)["2"] == ["Changed", "September 2026: 69%, provisional → 69%"]
    apply(qa_officer, address)
    session.expire_all()
    assert not letters.values[1].provisional

    again = bring_in(qa_officer, a_workbook((final[0], ("M-1", "Sep 2026", "70%", "Provisional"))))
    given_figures.columns(qa_officer, again)
    assert "is final, so it cannot become provisional" in outcomes(qa_officer, again)["2"][1]


def test_figures_that_moved_since_the_preview_are_not_overwritten(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    address = bring_in(qa_officer, a_workbook((("Measure", "Oct-26"), (LETTERS, "71%"))))
    given_figures.columns(qa_officer, address)
    page = BeautifulSoup(qa_officer.get(address).text, "html.parser")
    digest = str(page.select("input[name=digest]")[0]["value"])
    commands.record_value(
        letters,
        period_start=date(2026, 10, 1),
        period_end=date(2026, 10, 31),
        figure=commands.Figure(value=Decimal(80)),
        on=date(2026, 11, 20),
    )
    session.commit()
    answer = qa_officer.post(address, data={"digest": digest, "reason": "So it is"})
    assert "The figures have changed since you looked" in errors_of(answer.text)
    assert figures(letters, session)["Oct 26"] == "80"


def test_two_people_who_record_one_figure_at_once_are_told_apart(
    qa_officer: FlaskClient, letters: Measure, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = bring_in(qa_officer, a_workbook((("Measure", "Oct-26"), (LETTERS, "71%"))))
    given_figures.columns(qa_officer, address)
    page = BeautifulSoup(qa_officer.get(address).text, "html.parser")
    record = commands.record_values

    def overtaken(measure: Measure, *rest: Any, **others: Any) -> None:
        """Somebody else's figure is there after ours were read."""
        columns = {"period_start": date(2026, 10, 1), "period_end": date(2026, 10, 31), "provisional": False}
        session.execute(insert(MeasureValue).values(measure_id=measure.id, value=Decimal(80), **columns))
        record(measure, *rest, **others)

    monkeypatch.setattr(commands, "record_values", overtaken)
    answer = qa_officer.post(address, data={"digest": str(page.select("input[name=digest]")[0]["value"])})
    assert answer.status_code == 422
    assert "The figures have changed since you looked. Nothing was applied" in errors_of(answer.text)
    assert session.scalars(select(FigureSheet.applied_at)).one() is None


def test_the_cells_are_let_go_once_applied_or_forgotten(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    content = a_workbook((("Measure", "Oct-26"), (LETTERS, "71%")))
    address = bring_in(qa_officer, content)
    given_figures.columns(qa_officer, address)
    apply(qa_officer, address)
    assert session.scalars(select(FigureSheet.content)).one() is None
    assert "1 figure recorded" in qa_officer.get(address).text
    for step in ("columns", "words"):
        assert qa_officer.get(f"{address}/{step}").headers["Location"].endswith(address)
    assert "was applied on" in errors_of(qa_officer.post(address, data={}).text)

    again = bring_in(qa_officer, content)
    assert "is forgotten" in qa_officer.post(f"{again}/forget", follow_redirects=True).text
    assert kept(session) == 1


def test_who_may_not_record_figures_may_not_bring_them_in_but_take_them_out(
    director: FlaskClient, letters: Measure
) -> None:
    assert director.get(ADDRESS).status_code == 403
    assert director.post(ADDRESS, data={"table": "Measure\tOct-26"}).status_code == 403
    assert director.get(f"{ADDRESS}/figures.xlsx").status_code == 200
    assert director.post(f"{ADDRESS}/figures.xlsx").status_code == 200
    page = director.get("/brent/measures").text
    assert "Export, small numbers hidden" in page
    assert "Bring figures in" not in page


def exported(client: FlaskClient) -> bytes:
    answer = client.post(f"{ADDRESS}/figures.xlsx")
    assert answer.status_code == 200
    return bytes(answer.data)


@pytest.fixture
def many(brent: Authority, letters: Measure, referrals: Measure, session: Session) -> int:
    """Measures of every period and unit, with odd figures. How many figures there are in all."""
    given_indicators.a_measure(authority=brent, name="Rate", unit=Unit.RATE, period=Period.YEAR,
                               figures=("53.7143", "0.5"), until=date(2026, 3, 31))  # fmt: skip
    given_indicators.a_measure(authority=brent, name="Day", unit=Unit.PER_CENT, period=Period.DAY,
                               figures=("0.25", "1"), until=date(2026, 3, 31))  # fmt: skip
    third = given_indicators.a_measure(authority=brent, name="Third", period=Period.QUARTER, figures=("33.3333",),
                                       until=date(2026, 9, 30))  # fmt: skip
    third.values[0].numerator, third.values[0].denominator, third.values[0].provisional = 1, 3, True
    odd = MeasureValue(period_start=date(2026, 1, 5), period_end=date(2026, 2, 20), value=Decimal(12))
    third.values.append(odd)
    session.flush()
    return 8


def test_what_is_taken_out_comes_back_as_the_same(qa_officer: FlaskClient, many: int, session: Session) -> None:
    content = exported(qa_officer)
    page = load_workbook(BytesIO(content))["Figures"]
    assert page.freeze_panes == "B2"
    assert page["D2"].value.date() == date(2026, 8, 1)
    assert page["H2"].value == 0.63
    assert page["H2"].number_format == "0%"

    address = bring_in(qa_officer, content, name="figures.xlsx")
    given_figures.columns(qa_officer, address)
    said = outcomes(qa_officer, address)
    assert len(said) == many + 1  # and one measure without a figure
    assert {one[0] for one in said.values()} == {"Same"}, said


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saved_again_comes_back_as_the_same(
    qa_officer: FlaskClient, many: int, tmp_path: Path
) -> None:
    (tmp_path / "in.xlsx").write_bytes(exported(qa_officer))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    saved = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "out", "in.xlsx"]
    subprocess.run(saved, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    address = bring_in(qa_officer, (tmp_path / "out" / "in.xlsx").read_bytes())
    given_figures.columns(qa_officer, address)
    said = outcomes(qa_officer, address)
    assert len(said) == many + 1
    assert {one[0] for one in said.values()} == {"Same"}, said


def test_reading_and_applying_many_figures_takes_few_statements(
    qa_officer: FlaskClient, brent: Authority, session: Session
) -> None:
    for place in range(12):
        given_indicators.a_measure(authority=brent, name=f"Measure number {place}", unit=Unit.COUNT)
    months = [f"{name} 2025" for name in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")]
    rows = (("Measure", *months), *((f"M-{place}", *range(1, 10)) for place in range(1, 13)))
    session.commit()
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    with at_most(10):
        page = BeautifulSoup(qa_officer.get(address).text, "html.parser")
    digest = str(page.select("input[name=digest]")[0]["value"])
    with at_most(200):
        assert qa_officer.post(address, data={"digest": digest}).status_code == 302
    assert session.scalar(select(func.count()).select_from(MeasureValue)) == 108
