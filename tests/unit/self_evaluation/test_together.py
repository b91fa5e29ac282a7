"""Two texts side by side, the changes that somebody suggests, and where one still fits."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.self_evaluation.remarks.rules import Suggested, fits, put_in, suggested
from tracker.self_evaluation.wordings.rules import Change, side_by_side

TEXTS = st.text(alphabet="Ab. [E-1]\n", max_size=60)


def test_a_sentence_in_other_words_stands_beside_what_it_was() -> None:
    rows = side_by_side("Visits are late. We know [E-1].", "We met. Visits are often late. We know [E-2].")

    assert [row.change for row in rows] == [Change.ADDED, Change.CHANGED, Change.CHANGED]
    assert [piece.text for piece in rows[1].after if piece.changed] == ["often "]


@given(TEXTS, TEXTS)
def test_each_side_holds_all_of_its_text_in_order(before: str, after: str) -> None:
    rows = side_by_side(before, after)

    def side(text: str) -> list[str]:
        return [row.change for row in side_by_side("", text)]

    assert sum(bool(row.before) for row in rows) == len(side(before))
    assert sum(bool(row.after) for row in rows) == len(side(after))


def test_each_passage_that_differs_is_a_suggestion_of_its_own() -> None:
    before = "Visits are late. We know why.\n\n- One\n- Two"

    found = suggested(before, "Visits are in time. We know why.\n\n- One\n- Two\n- Three")

    assert [(each.base, each.words) for each in found] == [
        ("Visits are late. ", "Visits are in time. "),
        ("- Two", "- Two\n- Three"),
    ]


@given(TEXTS, TEXTS)
def test_all_suggestions_put_in_from_the_last_make_the_text_that_was_meant(before: str, after: str) -> None:
    text: str | None = before
    for change in reversed(suggested(before, after)):
        assert text is not None
        text = put_in(text, change)

    assert text is not None
    assert text.split() == after.split()


def test_a_suggestion_whose_words_are_gone_or_stand_twice_fits_nowhere() -> None:
    change = Suggested("Visits are late.", "Visits are in time.", 3)

    assert not fits("Visits are often late.", change)
    assert not fits("Visits are late. Visits are late.", change)
    assert put_in("We say: Visits are late.", change) == "We say: Visits are in time."
