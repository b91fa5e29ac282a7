"""Every pack and every file of figures attacked by subtraction, each alone and all together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from reports.contents import PackContents
from tests import given, given_boards, given_indicators
from tests.attacker import Attacker, Equation
from tests.given_packs import a_version
from tests.integration.test_scorecard import counted
from tracker.indicators.models import Measure
from tracker.indicators.reading import hiding
from tracker.indicators.rules import Direction, Period, Unit
from tracker.packs import commands
from tracker.packs.rules import OF_THE_WHOLE_AUTHORITY, PackKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.db import db

TODAY = date(2026, 11, 20)
UNTIL = date(2026, 10, 31)
CARE = "children in care"
SECRETS = {
    "Placed elsewhere": "2026-10-31",
    "Missing by month": "2026-08-31",
    "Adopted": "2026-10-31",
    "Injured": "2026-10-31",
}
"""Measures with the last day of the period whose number is small."""
WITH_FIGURES = {
    PackKind.SELF_EVALUATION, PackKind.SCORECARD, PackKind.SUMMARY, PackKind.PUBLIC, PackKind.PEER_CHALLENGE,
    PackKind.EXCEPTIONS,
}  # fmt: skip
pytestmark = pytest.mark.any_database
FILES = ("measures/scorecard.xlsx", "measures/figures/figures.xlsx", "readiness.xlsx")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def secrets(brent: Authority) -> Mapping[str, Measure]:
    """Small numbers of every kind that a total, another measure or a rounding could give away. All are off target."""
    a_version(brent)
    item = given.an_item(authority=brent)
    found = {
        name: shares(name, (30, 40, 30)[place], number, words)
        for place, (name, number, words) in enumerate(
            (
                ("Placed elsewhere", 3, "children placed elsewhere"),
                ("Placed with kin", 40, "children placed with kin"),
                ("Placed in foster care", 57, "children in foster care"),
            )
        )
    }
    visits = counted(a_share("Visits", (80, 75)), (28, 35), (30, 40), out_of="children placed with kin")
    found |= {"Visits": visits, "Adopted": a_share("Adopted", (2,))}
    found["Adopted"].out_of = CARE
    for name, rate in (("Injured", "0.5"), ("Known to us", "52.5")):
        found[name] = given_indicators.a_measure(
            name=name, figures=[rate], until=UNTIL, unit=Unit.RATE, direction=Direction.LOWER, target=0
        )
    counted(found["Injured"], (3, 60_000), out_of="children under 18")
    counted(found["Known to us"], (315, 60_000), out_of="children under 18")
    for name, figures, period in (("Missing", (12, 3, 7), Period.MONTH), ("Missing", (22,), Period.QUARTER)):
        found[f"{name} by {period}"] = given_indicators.a_measure(
            name=name, figures=figures, period=period, until=date(2026, 9, 30), unit=Unit.COUNT,
            direction=Direction.LOWER, target=0, basis=f"by {period}",
        )  # fmt: skip
    for measure in found.values():
        measure.items.append(item)
    board = given_boards.a_board()
    given_boards.a_snapshot(board=board, on=date(2026, 10, 26))
    db.session.commit()
    return found


def a_share(name: str, figures: Sequence[int]) -> Measure:
    return given_indicators.a_measure(name=name, figures=figures, until=UNTIL, target=99)


def shares(name: str, before: int, number: int, words: str) -> Measure:
    """One of three that are all children in care: a hundred in either month."""
    measure = counted(a_share(name, (before, number)), (before, 100), (number, 100), out_of=CARE)
    measure.counts = words
    return measure


def an_attacker(measures: Mapping[str, Measure]) -> Attacker:
    """She knows from the words of measures what adds up to what, and nothing of their numbers."""
    of = {name: measure.reference for name, measure in measures.items()}
    months, summer = ("2026-09-30", "2026-10-31"), ("2026-07-31", "2026-08-31", "2026-09-30")
    placed = [of[name] for name in ("Placed elsewhere", "Placed with kin", "Placed in foster care")]
    singles = [of[name] for name in ("Adopted", "Injured", "Known to us")]
    calendar: dict[str, Sequence[str]] = dict.fromkeys((*placed, of["Visits"]), months)
    calendar |= dict.fromkeys(singles, months[1:])
    calendar |= {of["Missing by month"]: summer, of["Missing by quarter"]: summer[2:]}
    all_of_it = [
        Equation(dict.fromkeys([(one, month, "above") for one in placed], 1.0) | {(placed[0], month, "below"): -1.0})
        for month in months
    ]
    quarter = dict.fromkeys([(of["Missing by month"], month, "above") for month in summer], 1.0)
    return Attacker(
        calendar=calendar,
        per=dict.fromkeys((*placed, of["Visits"], of["Adopted"]), 100.0) | dict.fromkeys(singles[1:], 10_000.0),
        same=[
            [(one, months[1], "below") for one in (*placed, of["Adopted"])],
            [(placed[1], months[1], "above"), (of["Visits"], months[1], "below")],
            [(of["Injured"], months[1], "below"), (of["Known to us"], months[1], "below")],
        ],
        equations=[*all_of_it, Equation(quarter | {(of["Missing by quarter"], summer[2], "above"): -1.0})],
    )


def found_by(attacker: Attacker, measures: Mapping[str, Measure]) -> set[str]:
    attacker.reckon()
    return {name for name, end in SECRETS.items() if attacker.has(measures[name].reference, end)}


def in_packs(brent: Authority, measures: Mapping[str, Measure]) -> Mapping[PackKind, set[str]]:
    """What she finds in each kind of pack alone."""
    found = {}
    for kind, contents in packs(brent).items():
        attacker = an_attacker(measures)
        attacker.read_pack(contents)
        found[kind] = found_by(attacker, measures)
    return found


def in_all_together(brent: Authority, director: FlaskClient, measures: Mapping[str, Measure]) -> set[str]:
    """What she finds with every pack and every file of one day beside each other."""
    attacker = an_attacker(measures)
    for contents in packs(brent).values():
        attacker.read_pack(contents)
    for name in FILES:
        answer = director.get(f"/brent/{name}")
        assert answer.status_code == 200
        attacker.read_sheet(answer.data)
    return found_by(attacker, measures)


def packs(brent: Authority) -> Mapping[PackKind, PackContents]:
    made = {kind: commands.freeze(brent, kind=kind, by=None, at=clock.now()) for kind in OF_THE_WHOLE_AUTHORITY}
    return {kind: PackContents.from_json(pack.contents) for kind, pack in made.items()}


def test_nobody_works_a_small_number_out_of_a_pack_or_of_all_of_a_day(
    director: FlaskClient, brent: Authority, secrets: Mapping[str, Measure]
) -> None:
    assert in_packs(brent, secrets) == {kind: set() for kind in OF_THE_WHOLE_AUTHORITY}
    assert in_all_together(brent, director, secrets) == set()


def test_with_only_small_numbers_hidden_she_works_them_out(
    director: FlaskClient, brent: Authority, secrets: Mapping[str, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the test above can fail: what follows from the rest is shown."""
    monkeypatch.setattr(hiding, "with_what_tells", lambda given, small: small)
    monkeypatch.setattr(hiding, "with_known_counts", lambda given: given)

    found = in_packs(brent, secrets)

    assert {kind for kind, names in found.items() if names} == WITH_FIGURES
    assert found[PackKind.SCORECARD] == found[PackKind.PUBLIC] == {"Placed elsewhere", "Adopted"}
    assert in_all_together(brent, director, secrets) == {"Placed elsewhere", "Missing by month", "Adopted"}


def test_with_nothing_hidden_she_reads_them(
    director: FlaskClient, brent: Authority, secrets: Mapping[str, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hiding, "hidden", lambda counted, smallest: frozenset())

    assert in_all_together(brent, director, secrets) == set(SECRETS)
