"""The plan as a spreadsheet: a council's own brought in; ours sent out, edited elsewhere and taken back."""

import subprocess
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import given
from tests.given_sheets import a_csv, a_workbook, outcomes
from tracker.actions import commands
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock

TODAY = clock.today()
SOON = TODAY + timedelta(days=60)

COUNCIL_PLAN = (
    ("Children’s services improvement plan",),
    (),
    ("No.", "Recommendation", "Action required", "Lead officer", "Timescale", "RAG", "Progress update"),
    ("1.1", "The quality of plans", "Audit every plan", "S Okafor", SOON, "Amber", "Two teams audited"),
    ("1.2", "", "Train all managers", "Samira Okafor", "March 2031", "Green", ""),
    ("2.1", "Return home interviews", "Offer one within 72 hours", "Samira Okafor", SOON, "Complete", "Running"),
)


def bring_in(client: FlaskClient, content: bytes, *, name: str = "plan.xlsx") -> str:
    """The address of the sheet, after its file was read."""
    answer = client.post("/brent/plan/sheets", data={"file": (BytesIO(content), name)})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].removesuffix("/columns")


def as_it_stands(client: FlaskClient, address: str, **changes: str) -> dict[str, str]:
    """What a form posts when only ``changes`` are made to it."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    posted = {}
    for field in page.select("main select, main input[type=text]"):
        chosen = field.select_one("option[selected]")
        posted[str(field["name"])] = str(chosen["value"] if chosen else field.get("value", ""))
    return {**posted, **changes}


def apply(client: FlaskClient, address: str) -> str:
    page = BeautifulSoup(client.get(address).text, "html.parser")
    digest = page.select_one("input[name=digest]")
    assert digest is not None, page.text
    answer = client.post(address, data={"digest": digest["value"]}, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def downloaded(client: FlaskClient) -> bytes:
    answer = client.post("/brent/plan/sheets/download")
    assert answer.status_code == 200
    return bytes(answer.data)


def edited(content: bytes, **cells: Any) -> bytes:
    """The file after somebody typed into some of its cells."""
    book = load_workbook(BytesIO(content))
    for address, value in cells.items():
        book["Plan"][address] = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def headings(content: bytes) -> dict[str, str]:
    """Heading -> letter of its column."""
    page = load_workbook(BytesIO(content))["Plan"]
    return {str(cell.value): get_column_letter(place) for place, cell in enumerate(page[1], start=1)}


def samira(brent: Authority) -> Person:
    return next(one.person for one in people.colleagues(brent) if one.person.name == "Samira Okafor")


def dana(brent: Authority) -> Person:
    return next(one.person for one in people.colleagues(brent) if one.person.name == "Dana Whitfield")


@pytest.fixture
def plan(director: FlaskClient, head_of_service: FlaskClient, brent: Authority) -> Action:
    """One item with one action that Samira Okafor leads."""
    item = given.an_item(authority=brent, wording="The quality of plans", owner=samira(brent))
    return given.an_action(item=item, title="Review every plan", lead=samira(brent), due_on=SOON)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_councils_own_plan_comes_in_by_its_own_headings_and_words(
    director: FlaskClient, plan: Action, session: Session, kind: str
) -> None:
    rows = [
        [f"{cell:%d/%m/%Y}" if isinstance(cell, date) and kind == "csv" else cell for cell in row]
        for row in COUNCIL_PLAN
    ]
    content = a_workbook(rows) if kind == "xlsx" else a_csv(rows)

    address = bring_in(director, content, name=f"plan.{kind}")
    columns = as_it_stands(director, f"{address}/columns")
    assert columns["column_item"] == "1"
    assert columns["column_title"] == "2"
    assert columns["column_lead"] == "3"
    assert columns["column_due"] == "4"
    assert columns["column_status"] == "5"
    assert columns["column_done"] == "6"
    assert director.post(f"{address}/columns", data=columns).status_code == 302

    asked = director.get(f"{address}/words").text
    for word in ("Amber", "Green", "Complete", "S Okafor", "March 2031", "Return home interviews"):
        assert f"“{word}”" in asked
    assert director.post(f"{address}/words", data=as_it_stands(director, f"{address}/words")).status_code == 302

    shown = outcomes(director, address)
    assert {row: said[0] for row, said in shown.items()} == {"4": "New", "5": "New", "6": "New"}
    assert session.scalar(select(func.count()).select_from(Action)) == 1  # nothing yet
    assert "3 actions added, 0 actions changed" in apply(director, address)

    brought = {action.title: action for action in session.scalars(select(Action))}
    audit, train, offer = (
        brought[title] for title in ("Audit every plan", "Train all managers", "Offer one within 72 hours")
    )
    assert (audit.item.wording, audit.status, audit.due_on) == ("The quality of plans", Status.AT_RISK, SOON)
    assert audit.updates[0].done == "Two teams audited"
    assert (train.item.wording, train.status, train.due_on) == (
        "The quality of plans",
        Status.ON_TRACK,
        date(2031, 3, 31),
    )
    assert (offer.item.wording, offer.status) == ("Return home interviews", Status.AWAITING_SIGN_OFF)


def test_headings_and_words_are_remembered_for_the_next_file(director: FlaskClient, plan: Action) -> None:
    rows = [("Thing", "Doing", "Whose", "When", "Colour"), ("The quality of plans", "Audit", "Samira O", SOON, "Puce")]
    first = bring_in(director, a_workbook(rows))
    places = {"item": "0", "title": "1", "lead": "2", "due": "3", "status": "4"}
    chosen = {f"column_{name}": place for name, place in places.items()}
    director.post(f"{first}/columns", data=as_it_stands(director, f"{first}/columns", **chosen))
    director.post(f"{first}/words", data=as_it_stands(director, f"{first}/words", word0="At risk"))

    second = bring_in(director, a_workbook([*rows, ("The quality of plans", "Train", "Samira O", SOON, "puce")]))

    assert as_it_stands(director, f"{second}/columns") | chosen == as_it_stands(director, f"{second}/columns")
    asked = director.get(f"{second}/words").text
    assert "Puce" not in asked
    assert "“Samira O”" not in asked


def test_the_same_file_brought_in_again_changes_nothing(director: FlaskClient, plan: Action) -> None:
    for again in (False, True):
        address = bring_in(director, a_workbook(COUNCIL_PLAN))
        director.post(f"{address}/columns", data=as_it_stands(director, f"{address}/columns"))
        if "/words" in director.get(f"{address}/words").request.path:
            director.post(f"{address}/words", data=as_it_stands(director, f"{address}/words"))
        shown = {said[0] for said in outcomes(director, address).values()}
        assert shown == ({"Same"} if again else {"New"})
        if not again:
            apply(director, address)


def test_a_refused_row_says_which_cell_and_stops_the_whole_file(
    director: FlaskClient, plan: Action, session: Session
) -> None:
    rows = [
        ("What needs to improve", "What will be done", "Lead", "Due"),
        ("The quality of plans", "Audit every plan", "Samira Okafor", SOON),
        ("The quality of plans", "Train managers", "Samira Okafor", "when we can"),
        ("The quality of plans", "Ring 943 476 5919", "Samira Okafor", SOON),
    ]
    address = bring_in(director, a_workbook(rows))
    director.post(f"{address}/columns", data=as_it_stands(director, f"{address}/columns"))
    director.post(f"{address}/words", data=as_it_stands(director, f"{address}/words"))

    shown = outcomes(director, address)
    assert shown["3"][0] == "Refused"
    assert "Cell D3: “when we can” is not a day" in shown["3"][1]
    assert "Cell B4: This looks like an NHS number: 943 ••• ••••." in shown["4"][1]
    assert "476 5919" not in director.get(address).text
    assert shown["2"][0] == "New"
    assert director.post(address, data={"digest": "anything"}).status_code == 422
    assert session.scalar(select(func.count()).select_from(Action)) == 1

    director.post(f"{address}/choices", data={"shown": ["3", "4"], "leave_out": ["3", "4"]})
    assert "1 action added" in apply(director, address)


def test_a_downloaded_plan_comes_back_with_only_what_was_edited(
    director: FlaskClient, plan: Action, session: Session
) -> None:
    content = downloaded(director)
    at = headings(content)
    content = edited(content, **{
        f"{at['Status']}2": "At risk",
        f"{at['What has happened']}2": "One team has no manager",
        f"{at['Due']}2": SOON + timedelta(days=7),
        f"{at['Reason for the new date']}2": "No manager until March",
        f"{at['Priority']}2": "High",
    })  # fmt: skip

    address = bring_in(director, content)
    assert outcomes(director, address)["2"][0] == "Changed"
    apply(director, address)

    session.expire_all()
    assert (plan.status, plan.due_on, plan.priority) == (Status.AT_RISK, SOON + timedelta(days=7), "High")
    assert plan.first_due_on == SOON
    assert plan.updates[0].done == "One team has no manager"
    assert plan.updates[0].due_reason == "No manager until March"


def test_what_changed_meanwhile_is_not_lost(
    director: FlaskClient, plan: Action, brent: Authority, session: Session
) -> None:
    content = downloaded(director)
    at = headings(content)
    commands.update(
        plan, version=plan.version, status=Status.AT_RISK, done="Told on the page", by=samira(brent), on=TODAY
    )
    session.flush()
    content = edited(content, **{f"{at['Success measure']}2": "Plans that children understand"})

    apply(director, bring_in(director, content))

    session.expire_all()
    assert plan.status is Status.AT_RISK
    assert plan.success_measure == "Plans that children understand"


@pytest.mark.parametrize(("side", "stands"), [("here", Status.AT_RISK), ("file", Status.OFF_TRACK)])
def test_where_both_changed_one_thing_a_person_chooses(
    director: FlaskClient, plan: Action, brent: Authority, session: Session, side: str, stands: Status
) -> None:
    content = downloaded(director)
    cell = f"{headings(content)['Status']}2"
    commands.update(plan, version=plan.version, status=Status.AT_RISK, done="Told here", by=samira(brent), on=TODAY)
    session.flush()
    address = bring_in(director, edited(content, **{cell: "Off track"}))

    said = outcomes(director, address)["2"]
    assert said[0] == "Refused"
    assert "When the file was made: On track" in said[1]
    assert "Keep what is here: At risk" in said[1]
    director.post(f"{address}/choices", data={f"stands-{cell}": side, "shown": "2"})
    if side == "file":
        apply(director, address)
    session.expire_all()
    assert plan.status is stands


def test_nothing_is_applied_when_the_plan_moves_after_the_preview(
    director: FlaskClient, plan: Action, brent: Authority, session: Session
) -> None:
    content = downloaded(director)
    cell = f"{headings(content)['Success measure']}2"
    address = bring_in(director, edited(content, **{cell: "Better plans"}))
    page = BeautifulSoup(director.get(address).text, "html.parser")
    digest = page.select_one("input[name=digest]")
    assert digest is not None
    says = {"title": "Look at every plan", "success_measure": "Plans read by families"}
    for name, value in says.items():
        setattr(plan, name, value)
    session.flush()

    answer = director.post(address, data={"digest": digest["value"]})

    assert answer.status_code == 422
    assert "nothing was applied" in answer.text.lower()
    assert plan.success_measure == "Plans read by families"


def test_nobody_signs_off_or_rewrites_others_work_by_spreadsheet(
    head_of_service: FlaskClient, director: FlaskClient, brent: Authority, session: Session
) -> None:
    other = given.a_person(name="Helen Marsh", authority=brent, role=Role.HEAD_OF_SERVICE)
    item = given.an_item(authority=brent, wording="Theirs", owner=other)
    action = given.an_action(item=item, title="Their work", lead=other, due_on=SOON)
    content = downloaded(head_of_service)
    at = headings(content)
    for word, reason in (("Embedded", "cannot become"), ("Off track", "Helen Marsh leads A-")):
        client = director if word == "Embedded" else head_of_service
        address = bring_in(client, edited(content, **{f"{at['Status']}2": word}))
        said = outcomes(client, address)["2"]
        assert said[0] == "Refused"
        assert reason in said[1]
    assert action.status is Status.ON_TRACK


def test_formulas_neither_leave_nor_run(director: FlaskClient, plan: Action, session: Session) -> None:
    plan.title = '=HYPERLINK("http://example.org","x")'
    session.flush()
    content = downloaded(director)
    page = load_workbook(BytesIO(content))["Plan"]
    cell = page[f"{headings(content)['What will be done']}2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'=")

    address = bring_in(director, content)  # and comes back as it was
    assert outcomes(director, address)["2"][0] == "Same"


def test_the_download_has_filters_frozen_headings_real_dates_and_drop_downs(
    director: FlaskClient, plan: Action
) -> None:
    content = downloaded(director)
    at, page = headings(content), load_workbook(BytesIO(content))["Plan"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref is not None
    assert page[f"{at['Due']}2"].value.date() == SOON
    assert {at["Status"], at["Lead"], at["Priority"]} <= {
        str(one.sqref)[0] for one in page.data_validations.dataValidation
    }


@pytest.mark.any_database
def test_a_download_saved_again_by_libreoffice_comes_back_the_same(
    director: FlaskClient, plan: Action, tmp_path: Path
) -> None:
    (tmp_path / "plan.xlsx").write_bytes(downloaded(director))
    (tmp_path / "out").mkdir()
    subprocess.run(
        ["libreoffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "plan.xlsx")],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip

    address = bring_in(director, (tmp_path / "out" / "plan.xlsx").read_bytes())

    page = director.get(address).text
    assert "edited copy of the download of" in page
    assert outcomes(director, address)["2"][0] == "Same"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing in this file"),
        (b"PK\x03\x04 cut off", "cut off or damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old .xls workbook"),
        (b"\x00\x01\x02\x03" * 50, "neither a workbook nor text"),
        (a_workbook([]), "nothing in this file"),
    ],
    ids=["empty", "cut off", "old Excel", "not text", "no row"],
)
def test_a_file_that_is_no_plan_is_refused_in_a_sentence(director: FlaskClient, content: bytes, said: str) -> None:
    answer = director.post("/brent/plan/sheets", data={"file": (BytesIO(content), "plan.xlsx")})
    assert answer.status_code == 422
    assert said in answer.text


def test_another_authoritys_sheet_is_not_found(director: FlaskClient, plan: Action, session: Session) -> None:
    address = bring_in(director, a_workbook(COUNCIL_PLAN))
    elsewhere = given.an_authority(slug="camden", name="Camden")
    given.an_item(authority=elsewhere)
    assert director.get(address.replace("/brent/", "/camden/")).status_code == 404


def test_a_qa_officer_may_not_change_the_plan_by_spreadsheet(qa_officer: FlaskClient) -> None:
    assert qa_officer.get("/brent/plan/sheets").status_code == 403


def test_a_new_item_is_made_once_for_all_its_actions(director: FlaskClient, plan: Action, session: Session) -> None:
    rows = [
        ("What needs to improve", "What will be done", "Lead", "Due"),
        ("Something nobody had listed", "First", "Samira Okafor", SOON),
        ("Something nobody had listed", "Second", "Samira Okafor", SOON),
    ]
    address = bring_in(director, a_workbook(rows))
    director.post(f"{address}/columns", data=as_it_stands(director, f"{address}/columns"))
    director.post(f"{address}/words", data=as_it_stands(director, f"{address}/words"))
    apply(director, address)
    assert session.scalar(select(func.count()).select_from(ImprovementItem)) == 2
