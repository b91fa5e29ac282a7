"""What one cell of an audit's workbook comes to."""

import pytest

from tracker.audits.workbooks.rules import Cell, Column, Outcome, differs, outcome


def cell(was: str, here: str, file: str, settled: str | None = None, column: Column = Column.SEEN) -> Cell | None:
    return differs(
        "Q-1", key="plan", column=column, place="E5", name="Plan", was=was, here=here, file=file, settled=settled
    )


@pytest.mark.parametrize(
    ("was", "here", "file"), [("a", "a", "a"), ("a", "b", "a"), ("a", "b", "b"), ("a ", "a", " a")]
)
def test_a_cell_that_the_file_left_alone_or_that_says_what_stands_here_asks_for_nothing(
    was: str, here: str, file: str
) -> None:
    assert cell(was, here, file) is None


def test_a_cell_that_only_the_file_changed_is_taken() -> None:
    changed = cell("a", "a", "b")

    assert changed is not None
    assert (changed.takes, changed.conflict) == (True, False)
    assert outcome([changed], empty_here=False, settled={}) is Outcome.CHANGED
    assert outcome([changed], empty_here=True, settled={}) is Outcome.NEW


def test_a_cell_that_both_changed_waits_for_the_auditors_choice() -> None:
    waiting, here, file = cell("a", "b", "c"), cell("a", "b", "c", "here"), cell("a", "b", "c", "file")

    assert waiting is not None
    assert here is not None
    assert file is not None
    assert outcome([waiting], empty_here=False, settled={}) is Outcome.CONFLICT
    assert outcome([here], empty_here=False, settled={here.choice: "here"}) is Outcome.SAME
    assert outcome([file], empty_here=False, settled={file.choice: "file"}) is Outcome.CHANGED


def test_a_word_that_is_chosen_is_the_same_whatever_its_capitals() -> None:
    assert cell("", "Good", "good", column=Column.ANSWER) is None
    assert cell("", "Good", "good") is not None


def test_a_childs_number_is_refused() -> None:
    refused = cell("", "", "NHS 943 476 5919")

    assert refused is not None
    assert refused.reason
    assert outcome([refused], empty_here=True, settled={}) is Outcome.REFUSED
