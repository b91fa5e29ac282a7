"""What was found is marked, and nothing that a report holds can become markup."""

import pytest
from markupsafe import Markup

from tests.unit.corpus.test_words import HOSTILE
from tracker.corpus.marking import excerpt, marked
from tracker.corpus.words import question


def test_every_form_of_a_word_that_was_asked_is_marked() -> None:
    assert marked("Interviews follow; one interview did not.", question("interviewing").wanted) == Markup(
        "<mark>Interviews</mark> follow; one <mark>interview</mark> did not."
    )


def test_a_phrase_is_marked_whole_and_its_words_alone_are_not() -> None:
    assert marked("Home is home. A return home interview.", question('"return home"').wanted) == Markup(
        "Home is home. A <mark>return home</mark> interview."
    )


def test_what_a_report_holds_is_never_markup() -> None:
    assert marked('<script>"work" & <mark>', question("work mark script").wanted) == Markup(
        "&lt;<mark>script</mark>&gt;&#34;<mark>work</mark>&#34; &amp; &lt;<mark>mark</mark>&gt;"
    )


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_question_changes_the_words_of_a_text(typed: str) -> None:
    text = "The response to <homeless> 16- and 17-year-olds; 'drop' & \"NOT\" 1e5."

    assert marked(text, question(typed).wanted).striptags() == Markup.escape(text).striptags()


def test_an_excerpt_is_the_sentences_that_say_most_of_what_was_asked() -> None:
    text = "Plans drift. " * 40 + "Return home interviews are late. Some are missed. " + "Visits are kept. " * 40

    shown = excerpt(text, question("return interviews missed").wanted, longest=60)

    assert shown == "… Return home interviews are late. Some are missed. …"


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("Plans drift.", question("neglect").wanted) == "Plans drift."


def test_a_sentence_that_is_too_long_is_still_a_sentence() -> None:
    sentence = "Missing " + "children " * 100 + "wait."

    assert excerpt(f"Plans drift. {sentence}", question("missing").wanted) == f"… {sentence}"
