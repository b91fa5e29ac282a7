"""What a survey's shares say and cannot say, and which tables are no counts."""

import pytest

from tracker.indicators.importing.children import ChildLevel
from tracker.indicators.surveys import rules, tables
from tracker.indicators.surveys.rules import Response, Share
from tracker.platform.workbooks import Row, Sheet, Value

QUESTION = "My adviser keeps in touch with me."


def sheet(*rows: tuple[Value, ...]) -> list[Sheet]:
    return [Sheet("Sheet1", tuple(Row(number, cells) for number, cells in enumerate(rows, start=1)))]


def test_a_share_is_said_with_its_counts_and_its_interval() -> None:
    found = rules.share([12, 15, 6, 3], [0, 1])

    assert found == Share(27, 36)
    assert found.words == "75% (27 of 36; between 59% and 86%)"
    assert rules.share([0, 0], [0]) is None
    assert rules.share([1, 2], []) is None


def test_what_a_share_cannot_say_follows_from_who_answered() -> None:
    assert Response(61, 38).cannot_say.startswith("23 did not answer and may think otherwise.")
    assert Response(212, 71).cannot_say.startswith("Fewer than half answered, so it says what they said")
    assert Response(12, 12).cannot_say.startswith("Everybody who was asked answered.")


def test_a_move_says_whether_chance_alone_may_explain_it() -> None:
    assert rules.moved(Share(27, 36), Share(24, 36), "May 2026") == (
        "8 points up from 66.7% in May 2026: chance alone may explain it."
    )
    assert rules.moved(Share(300, 500), Share(200, 500), "May 2026").endswith("chance alone seldom does that.")
    assert rules.moved(Share(1, 2), Share(2, 4), "May 2026") == "As in May 2026."


def test_no_count_leaves_that_a_subtraction_would_tell() -> None:
    assert rules.may_leave([20, 10, 0], 5)
    assert not rules.may_leave([20, 10, 4], 5)
    assert not rules.share_may_leave(Share(20, 23), 5)
    assert not rules.share_may_leave(Share(3, 23), 5)
    assert rules.share_may_leave(Share(23, 23), 5)
    assert not rules.share_may_leave(Share(4, 4), 5)


def test_a_table_has_a_row_for_each_question_with_its_own_scale() -> None:
    read = tables.read(
        sheet(
            ("Question", "Agree", "Disagree", "Yes", "No", "Total"),
            (QUESTION, 10, "1,002", None, None, 1012),
            ("Do you feel safe?", None, None, 9, 3, 12),
        )
    )

    assert [dict(line.asked.counts) for line in read if line.asked] == [
        {"Agree": 10, "Disagree": 1002},
        {"Yes": 9, "No": 3},
    ]
    assert tables.written(read).splitlines()[0] == "Question\tAgree\tDisagree\tYes\tNo"


@pytest.mark.parametrize(
    ("row", "why_not"),
    [
        ((QUESTION, 10, "many"), "C2: “many” is no count."),
        ((QUESTION, 10, -2), "C2: “-2” is no count."),
        ((QUESTION, 10, 2.5), "C2: “2.5” is no count."),
        ((None, 10, 2), "A2: enter the question."),
        ((QUESTION, 10, None), "Row 2: enter at least two answers"),
    ],
)
def test_a_row_that_cannot_be_counted_names_its_cell(row: tuple[Value, ...], why_not: str) -> None:
    (line,) = tables.read(sheet(("Question", "Agree", "Disagree"), row))

    assert line.asked is None
    assert line.why_not.startswith(why_not)


@pytest.mark.parametrize(
    "rows",
    [
        (("Respondent ID", "Q1", "Q2"), (101, "Agree", "Yes"), (102, "Disagree", "No")),
        (("Question", "Safe at home", "Heard"), ("first", "Agree", "Yes"), ("second", "Disagree", "No")),
        (("Reply", "Safe", "Heard"), (1, 4, 5), (2, 3, 5), (3, 5, 5)),
        (("Reply", "Safe", "Heard"), ("R1", 4, 5), ("R2", 3, 5), ("R3", 5, 5)),
        (("Child name", "Safe", "Heard"), ("a b", 4, 5)),
    ],
)
def test_a_row_for_each_person_is_refused_and_nothing_is_kept(rows: tuple[tuple[Value, ...], ...]) -> None:
    with pytest.raises(ChildLevel, match=r"Nothing of it was kept"):
        tables.read(sheet(*rows))
