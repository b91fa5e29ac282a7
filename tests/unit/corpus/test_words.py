"""What people type becomes phrases to look for, whatever they type."""

import pytest

from tracker.corpus.words import (
    LONGEST_QUESTION,
    MOST_PHRASES,
    Question,
    places,
    question,
    stem,
    stems_of,
)

HOSTILE = [
    "", " ", '"', '""', '"""', "“”", "-", "--", "- -", "*", "%", "_", "\\", "'", "''", "(", ")", "()", "AND", "OR",
    "NOT", "AND OR NOT", "NEAR(a b)", "a:b", "^x", "{a}", "col : x", "&", "|", "!", "<->", ":*", "\x00", "a\x00b",
    "'; drop table", "☂", "子供", "\u202e", "\ud83d", "1e5", "0.5", "http://x.y/z", "a@b.c", "x" * 10_000,
    "a " * 5_000, '"a ' * 3_000,
]  # fmt: skip


def test_every_form_of_a_word_is_the_same_word() -> None:
    assert stem("interviews") == stem("interview") == stem("Interviewed")


def test_a_word_with_a_hyphen_is_what_it_joins_so_that_both_spellings_find_each_other() -> None:
    assert question("life-story").wanted == (("life", "stori"),)
    assert stems_of("Life story") == stems_of("life-story")


def test_accents_and_apostrophes_make_no_difference() -> None:
    assert stems_of("Zoë’s café") == stems_of("Zoe's cafe")


def test_words_that_say_nothing_are_not_looked_for_but_count_within_quotation_marks() -> None:
    assert question("the quality of plans").wanted == (("qualiti",), ("plan",))
    assert question('"children in care"').wanted == (("children", "in", "care"),)


@pytest.mark.parametrize("quoted", ['"care leavers"', "“care leavers”", '"care leavers', "«care leavers»"])
def test_any_quotation_marks_hold_words_together_even_where_one_is_forgotten(quoted: str) -> None:
    assert question(quoted).wanted == (("care", "leaver"),)


def test_a_minus_leaves_out_and_a_hyphen_does_not() -> None:
    assert question('neglect -home -"early help" self-harm') == Question(
        wanted=(("neglect",), ("self", "harm")), unwanted=(("home",), ("earli", "help"))
    )


@pytest.mark.parametrize("lead_in", ["What did inspectors write about ", "how have the reports written of ", ""])
def test_the_way_people_begin_a_question_is_not_looked_for(lead_in: str) -> None:
    assert question(f"{lead_in}return home interviews?").wanted == (("return",), ("home",), ("interview",))


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_becomes_nothing_but_letters_and_digits(typed: str) -> None:
    asked = question(typed)

    assert all(word.isascii() and word.isalnum() for phrase in asked.wanted + asked.unwanted for word in phrase)
    assert len(asked.wanted) <= MOST_PHRASES


def test_a_long_question_is_cut_and_not_refused() -> None:
    assert question("neglect " + "x" * LONGEST_QUESTION * 30).wanted[0] == ("neglect",)


def test_a_phrase_is_found_where_its_words_stand_together_only() -> None:
    text = "Care leavers take care when leaving; a care-leaver is heard."

    assert [text[start:end] for start, end in places(text, [("care", "leaver")])] == ["Care leavers", "care-leaver"]
