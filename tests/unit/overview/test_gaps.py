"""What is missing for an item, in words."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.overview import gaps
from tracker.overview.gaps import Column, ItemFacts, Kind

TODAY = date(2026, 11, 20)
WHOLE = ItemFacts(
    raised_on=date(2026, 6, 17),
    actions=3,
    delivered=1,
    shown=1,
    evidence=4,
    voices=1,
    newest_evidence=date(2026, 11, 12),
    audits=5,
    measures=1,
    statements=("S-12",),
)


def words(facts: ItemFacts) -> list[str]:
    return [gap.words for gap in gaps.gaps(facts, TODAY)]


def test_an_item_with_everything_has_no_gap() -> None:
    assert words(WHOLE) == []
    assert gaps.counted(()) == "No gaps"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"has_owner": False}, "No owner"),
        ({"actions": 0, "delivered": 0}, "No action"),
        ({"overdue": 2}, "2 overdue"),
        ({"shown": 0}, "No difference shown"),
        ({"evidence": 0}, "No evidence"),
        ({"voices": 0}, "No voice"),
        ({"newest_evidence": date(2026, 7, 2)}, "Nothing new for 141 days"),
        ({"audits": 0}, "No audit since the inspection"),
        ({"audits": 0, "inspected": False}, "No audit since it was raised"),
        ({"findings_without_action": ("F-19",)}, "F-19 has no action"),
        ({"findings_without_action": ("F-16", "F-17", "F-19")}, "F-16 and 2 others have no action"),
        ({"measures": 0}, "No measure"),
        ({"measures_without_target": ("M-9",)}, "No target set"),
        ({"statements": ()}, "Not in the self-evaluation"),
        ({"contradicted": ("S-31",)}, "Contradicts audits"),
    ],
)
def test_each_thing_missing_is_named_in_words(change: dict[str, object], said: str) -> None:
    assert words(replace(WHOLE, **change)) == [said]  # type: ignore[arg-type]  # fields of ItemFacts


def test_a_closed_item_has_no_gaps() -> None:
    assert words(replace(WHOLE, closed=True, actions=0, evidence=0)) == []


def test_an_open_finding_with_its_action_is_news_and_not_a_gap() -> None:
    assert words(replace(WHOLE, findings_without_action=())) == []


def test_a_column_shows_its_worst_gap_and_the_count_is_of_columns() -> None:
    found = gaps.gaps(replace(WHOLE, voices=0, newest_evidence=date(2026, 7, 2), overdue=1), TODAY)

    shown = gaps.worst_by_column(found)

    assert shown[Column.EVIDENCE].kind is Kind.NO_VOICE
    assert len(found) == 3
    assert gaps.counted(found) == "2 gaps"


def test_the_worst_gap_comes_first() -> None:
    found = gaps.gaps(replace(WHOLE, voices=0, contradicted=("S-31",), measures=0), TODAY)

    assert [gap.kind for gap in found] == [Kind.CONTRADICTED, Kind.NO_VOICE, Kind.NO_MEASURE]
