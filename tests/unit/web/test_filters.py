from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from tracker.web.filters import day, days_late, moment, paragraphs, short_day
from tracker.web.happened import happened


@pytest.fixture(autouse=True)
def twentieth_of_november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield


def test_the_year_drops_from_a_day_of_this_year_only() -> None:
    assert short_day(date(2026, 3, 4)) == "4 March"
    assert short_day(date(2025, 3, 4)) == "4 March 2025"


def test_a_moment_is_told_as_in_england() -> None:
    half_past_eleven_in_summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    assert day(half_past_eleven_in_summer) == "2 July 2026"
    assert moment(half_past_eleven_in_summer) == "2 July 2026 at 00:30"


def test_an_action_is_late_the_day_after_it_was_due() -> None:
    assert days_late(date(2026, 11, 20)) == ""
    assert days_late(date(2026, 11, 19)) == "1 day late"
    assert days_late(None) == ""


def test_text_keeps_its_paragraphs_and_cannot_bring_markup() -> None:
    assert paragraphs("One\r\nline\r\n\r\n<b>Two</b>\n") == (
        '<p class="app-text">One<br>line</p>\n<p class="app-text">&lt;b&gt;Two&lt;/b&gt;</p>'
    )
    assert paragraphs(None) == ""


def entry(what: str, changes: dict[str, list[Any]] | None = None) -> SimpleNamespace:
    return SimpleNamespace(reference="A-104", thing_kind="action", what=what, changes=changes or {})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": ["At risk", "Off track"]}, "A-104 At risk to Off track."),
        ({"status": ["Awaiting sign-off", "At risk"]}, "A-104 sent back: At risk."),
        (
            {"due_on": ["2026-10-28", "2027-01-11"], "status": ["On track", "At risk"]},
            "A-104 On track to At risk; due 28 October to 11 January 2027.",
        ),
        (
            {"status": ["On track", "Awaiting sign-off"], "delivered_on": [None, "2026-11-16"]},
            "A-104 delivered, awaiting sign-off.",
        ),
        (
            {"delivered_on": [None, "2026-11-16"], "delivered_by_id": [None, "5f0c"]},
            "A-104: day of delivery 16 November.",
        ),
        ({"state": ["Done", "Moderated"], "moderation_reason": ["", "Agreed."]}, "A-104 moderated."),
        ({"moderation_reason": ["", "Agreed."]}, "A-104: moderation reason Agreed."),
        ({"file_sha256": [None, "5f0c"]}, "A-104: file added."),
        ({"file_sha256": ["77aa", "5f0c"]}, "A-104: file changed."),
        ({"title": ["Weekly panel", ""]}, "A-104 has a new title."),
        ({"lead_id": ["5f0c", "77aa"]}, "A-104 has a new lead."),
        ({"team_id": ["5f0c", "77aa"]}, "A-104: team changed."),
        ({"team_id": ["5f0c", None]}, "A-104: team taken out."),
        ({"difference": ["", "x" * 200]}, "A-104: difference added."),
        ({"difference": ["y" * 200, "x" * 200]}, "A-104: difference changed."),
        ({"moderation": ["Not decided yet", "Chosen"]}, "A-104 chosen to be moderated."),
        ({"moderation": ["Not chosen", "Asked for"]}, "A-104 asked to be moderated."),
        ({"provisional": [True, False], "scale": [4, 6]}, "A-104: provisional yes to no; scale 4 to 6."),
        ({"case_reference": ["BR-4471", "BR-4472"]}, "A-104: case reference BR-4471 to BR-4472."),
    ],
)
def test_a_change_is_told_in_a_sentence(changes: dict[str, list[Any]], sentence: str) -> None:
    assert happened(entry("changed", changes)) == sentence


def test_an_act_is_told_in_a_sentence() -> None:
    assert happened(entry("added")) == "A-104 added."
    assert happened(SimpleNamespace(reference="", thing_kind="audit_domain", what="removed", changes={})) == (
        "Audit domain removed."
    )
