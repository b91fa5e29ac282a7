"""The corpus: the same question finds the same passages in both databases, and nobody finds another's reports."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_corpus
from tests.given_corpus import a_published_report
from tests.given_inspections import a_reading, a_review, an_item_read
from tests.queries_counted import at_most
from tests.report_truth import BRENT, REPORTS, reading
from tests.unit.corpus.test_words import HOSTILE
from tracker.corpus import choices, commands, queries
from tracker.corpus.models import Passage
from tracker.corpus.queries import Wanted
from tracker.corpus.rules import PassageKind
from tracker.corpus.words import question
from tracker.improvements import commands as improvements
from tracker.inspections.reading import Reading
from tracker.inspections.reading.readings import Certainty, Doubt
from tracker.people.models import Authority
from tracker.platform.errors import Refused

HELP = "help_protection"


def found(authority: Authority, typed: str = "", **filters: Any) -> list[str]:
    """The texts that a question finds, best first."""
    wanted = Wanted(question(typed), **filters)
    return [passage.text for passage in queries.passages(authority, wanted, limit=100)]


@pytest.fixture
def three_reports(brent: Authority) -> None:
    a_published_report(
        about="Bristol",
        grades={HELP: "outstanding", "leadership": "good"},
        paragraphs={
            1: (HELP, "Return home interviews are timely. Social workers know what they say."),
            2: (HELP, "Children who go missing come home to visits that are interviews in all but name; few return."),
            3: ("leadership", "Leaders track return home interviews."),
        },
    )
    a_published_report(
        about="Barnet",
        grades={HELP: "inadequate"},
        paragraphs={1: (HELP, "Return interviews are not held.")},
        items=("The timeliness of return home interviews.",),
    )
    a_published_report(
        about="Brent",
        year=2018,
        grades={"children_in_care_and_care_leavers": "good"},
        paragraphs={7: ("children_in_care_and_care_leavers", "Life-story work is done with care.")},
    )


@pytest.mark.usefixtures("three_reports")
def test_every_word_has_to_be_there_in_any_form(brent: Authority) -> None:
    assert len(found(brent, "return home interview")) == 4
    assert found(brent, "interviewing neglect") == []


@pytest.mark.usefixtures("three_reports")
def test_words_in_quotation_marks_stand_together(brent: Authority) -> None:
    assert len(found(brent, '"return home interviews"')) == 3


@pytest.mark.usefixtures("three_reports")
def test_a_word_with_a_minus_must_not_be_there_even_alone(brent: Authority) -> None:
    assert found(brent, "interviews -home") == ["Return interviews are not held."]
    assert found(brent, "-interviews") == ["Life-story work is done with care."]


@pytest.mark.usefixtures("three_reports")
def test_a_passage_whose_words_stand_together_comes_before_one_where_they_are_scattered(brent: Authority) -> None:
    best = found(brent, "return home interviews")

    assert best[-1].startswith("Children who go missing")


@pytest.mark.usefixtures("three_reports")
def test_any_of_the_words_can_be_enough_and_more_of_them_are_better(brent: Authority) -> None:
    best = found(brent, "timely leaders interviews", every=False)

    assert set(best[:2]) == {
        "Return home interviews are timely. Social workers know what they say.",
        "Leaders track return home interviews.",
    }
    assert len(best) == 5


@pytest.mark.usefixtures("three_reports")
def test_a_grade_is_that_of_the_area_a_passage_stands_under(brent: Authority) -> None:
    outstanding = found(brent, "return home interviews", areas=choices.area_codes(HELP), grade="outstanding")

    assert sorted(outstanding)[1].startswith("Return home interviews are timely")
    assert len(outstanding) == 2


@pytest.mark.usefixtures("three_reports")
@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"kind": PassageKind.ITEM}, 1),
        ({"year": 2018}, 1),
        ({"about": "Barnet"}, 2),
        ({"areas": choices.area_codes("care_leavers")}, 1),
        ({"theme": "HP16"}, 5),
        ({"theme": "CC06"}, 1),
        ({"grade": "inadequate", "kind": PassageKind.PARAGRAPH}, 1),
    ],
)
def test_filters_work_without_words(brent: Authority, filters: dict[str, Any], count: int) -> None:
    assert len(found(brent, **filters)) == count


@pytest.mark.usefixtures("three_reports")
def test_an_item_has_the_area_of_its_likeliest_theme_and_says_that_it_is_likely(brent: Authority) -> None:
    item = queries.passages(brent, Wanted(kind=PassageKind.ITEM), limit=1)[0]

    assert (item.area_code, item.area_is_likely, item.grade_code) == (HELP, True, "inadequate")


@pytest.mark.usefixtures("three_reports")
def test_counts_are_of_what_the_filters_would_show(brent: Authority) -> None:
    wanted = Wanted(question("interviews"), areas=choices.area_codes(HELP))
    tallies = queries.tallies(brent, wanted)

    assert sum(tally.count for tally in tallies) == 5
    assert sum(tally.count for tally in tallies if tally.passes(wanted)) == len(
        found(brent, "interviews", areas=choices.area_codes(HELP))
    )
    assert queries.theme_tallies(brent, wanted)["HP16"] == len(
        found(brent, "interviews", areas=choices.area_codes(HELP), theme="HP16")
    )


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_question_breaks_either_database(brent: Authority, typed: str) -> None:
    a_published_report(paragraphs={1: (HELP, "Return home interviews are timely.")})

    assert len(found(brent, typed)) <= 1
    assert len(queries.tallies(brent, Wanted(question(typed), every=False))) <= 1


def test_nobody_finds_what_another_authority_holds(brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    passage = a_published_report(authority=barnet, paragraphs={1: (HELP, "Return home interviews.")}).passages[0]

    assert found(brent, "interviews") == []
    assert queries.tallies(brent, Wanted(question("interviews"))) == []
    assert queries.theme_tallies(brent, Wanted(question("interviews"))) == {}
    assert queries.size(brent).reports == 0
    assert queries.authorities(brent) == []
    assert queries.passage(brent, passage.id) is None
    assert queries.report(brent, passage.report_id) is None


def test_two_authorities_may_hold_the_same_report(brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    read = given_corpus.a_published_reading(paragraphs={1: (HELP, "Return home interviews.")})
    for authority in (brent, barnet):
        commands.keep_reading(authority, read, sha256=read.sha256, file_name="bristol.pdf")

    assert len(found(brent, "interviews")) == len(found(barnet, "interviews")) == 1


def test_the_index_follows_what_is_taken_out_and_what_is_altered(session: Session, brent: Authority) -> None:
    report = a_published_report(paragraphs={1: (HELP, "Return home interviews."), 2: (HELP, "Neglect.")})
    session.execute(text("UPDATE passage SET stems = 'supervis' WHERE printed_number = 2"))

    assert found(brent, "neglect") == []
    assert found(brent, "supervision") == ["Neglect."]

    commands.take_out(report)

    assert found(brent, "interviews") == found(brent, "supervision") == []
    assert queries.size(brent).reports == 0


def test_a_search_costs_the_same_however_much_is_found(brent: Authority) -> None:
    for number in range(12):
        a_published_report(about=f"Place {number}", paragraphs=dict.fromkeys(range(1, 6), (HELP, "Interviews.")))
    wanted = Wanted(question("interviews"))

    with at_most(4):
        assert len(queries.passages(brent, wanted, limit=50)) == 50
    with at_most(1):
        queries.tallies(brent, wanted)
    with at_most(1):
        queries.theme_tallies(brent, wanted)


def test_the_same_file_twice_is_one_report(brent: Authority) -> None:
    read = given_corpus.a_published_reading(paragraphs={1: (HELP, "Interviews.")})
    first = commands.keep_reading(brent, read, sha256=read.sha256, file_name="bristol.pdf")
    again = commands.keep_reading(brent, read, sha256=read.sha256, file_name="again.pdf")

    assert again.report is first.report
    assert again.known
    with pytest.raises(IntegrityError):
        given.stored(Passage(report_id=first.report.id if first.report else None, position=0))


def test_a_report_that_was_read_with_doubts_waits_for_a_person(brent: Authority) -> None:
    read = given_corpus.a_published_reading(paragraphs={1: (HELP, "Interviews.")})
    doubtful = given_corpus.a_doubtful_report(_with_a_doubt(read))

    assert found(brent, "interviews") == []
    with pytest.raises(Refused, match="1 still to check, first: The report as a whole"):
        commands.settle(doubtful, decisions={})

    commands.settle(doubtful, decisions={"doubts.0": commands.RIGHT})

    assert found(brent, "interviews") == ["Interviews."]
    assert queries.size(brent).doubtful == 0


def test_a_doubtful_paragraph_can_be_left_out(brent: Authority) -> None:
    doubtful = given_corpus.a_doubtful_report(_with_an_unsure_paragraph())

    commands.settle(doubtful, decisions={"paragraphs.1": commands.TAKE_OUT})

    assert found(brent) == ["Interviews."]


def test_a_report_that_does_not_say_whom_it_is_about_cannot_be_added(brent: Authority) -> None:
    doubtful = given_corpus.a_doubtful_report(given_corpus.without_an_authority(a_reading()))

    with pytest.raises(Refused, match="does not say which authority"):
        commands.settle(doubtful, decisions={})


def test_a_doubt_about_what_the_corpus_does_not_hold_keeps_no_report_out(brent: Authority) -> None:
    national = an_item_read("Life-story work.", keys=("NF-SAFE",), alternatives=("NF-SAFE", "NF-FAMNET"))

    kept = commands.keep_reading(
        brent, a_reading(items=(national,)), sha256="c" * 64, file_name="national-reference.pdf"
    )

    assert kept.report is not None


def test_what_is_recorded_as_an_inspection_can_be_searched_and_outranks_what_was_only_read(brent: Authority) -> None:
    read = a_reading(
        items=(an_item_read("Return home interviews."),), paragraphs={1: ("leadership", "Leaders know their services.")}
    )
    commands.keep_reading(brent, read, sha256=read.sha256, file_name="library.pdf")

    inspection = improvements.record(a_review(read), by=None, today=date(2026, 11, 20))
    held = queries.report_of_file(brent, read.sha256)

    assert held is not None
    assert held.inspection == inspection
    assert sorted(found(brent)) == ["Leaders know their services.", "Return home interviews."]
    with pytest.raises(Refused, match="inspection of your own"):
        commands.take_out(held)


def test_adding_a_recorded_inspection_again_changes_nothing(brent: Authority) -> None:
    inspection = given.an_inspection(authority=brent, paragraphs={8: ("children_in_care", "Life-story work.")})

    assert commands.add_inspection(inspection) is commands.add_inspection(inspection)
    assert found(brent) == ["Life-story work."]


def test_inspections_that_were_recorded_before_there_was_a_corpus_are_added_once(brent: Authority) -> None:
    given.an_inspection(authority=brent, paragraphs={8: ("children_in_care", "Life-story work.")})

    assert (commands.add_recorded(brent), commands.add_recorded(brent)) == (1, 0)
    assert found(brent) == ["Life-story work."]


def test_parts_of_a_split_item_are_the_councils_words_and_are_not_found(brent: Authority) -> None:
    inspection = given.an_inspection(authority=brent)
    item = given.an_item(authority=brent, wording="Plans and visits", inspection=inspection)
    improvements.add_part(item, title="Visits", wording="Our own words", today=date(2026, 11, 20))

    commands.add_inspection(queries.inspection(inspection.id))

    assert found(brent) == ["Plans and visits"]


def test_a_file_that_changed_since_it_was_read_is_refused(brent: Authority) -> None:
    path = next(BRENT.glob("*2018*.pdf"))

    with pytest.raises(Refused, match="changed while it was read"):
        commands.take_in(brent, path, a_reading())


def test_what_was_added_before_is_known_by_its_file(brent: Authority) -> None:
    report = a_published_report(about="Leeds", year=2023)
    doubtful = given_corpus.a_doubtful_report(_with_an_unsure_paragraph())

    assert commands.known_files(brent) == {
        report.file_sha256: "It could be searched before: Leeds, 2023.",
        doubtful.file_sha256: commands.TO_CHECK,
    }


@pytest.mark.any_database
def test_every_published_report_that_comes_with_the_tests_is_added_or_waits_for_a_person(brent: Authority) -> None:
    paths = sorted((REPORTS / "ilacs").glob("*.pdf"))

    kept = [commands.take_in(brent, path, reading(path)) for path in paths]

    added = [one for one in kept if one.report is not None]
    doubtful = [one for one in kept if one.doubtful is not None]
    assert len(added) + len(doubtful) == len(paths)
    assert queries.size(brent) == queries.Size(len(added), len(doubtful))
    assert len(added) > 20
    assert len(found(brent, "supervision")) > 20


def test_brents_published_reports_are_found_where_they_are_printed(brent: Authority) -> None:
    kept = [commands.take_in(brent, path, reading(path)) for path in sorted(BRENT.glob("*.pdf"))]
    assert kept[-1].sentence == "It can be searched now: Brent, 2026."

    passages = queries.passages(brent, Wanted(question("life-story work")), limit=5)

    assert next((one.report.year, one.page) for one in passages if one.kind is PassageKind.PARAGRAPH) == (2026, 7)
    assert all(one.box and "life" in one.text.lower() for one in passages)


def _with_a_doubt(read: Reading) -> Reading:
    return replace(read, doubts=(Doubt("Paragraph 16 follows paragraph 14: 15 is not printed.", 4),))


def _with_an_unsure_paragraph() -> Reading:
    read = given_corpus.a_published_reading(paragraphs={1: (HELP, "Interviews."), 2: (HELP, "Half a sent")})
    first, second = read.paragraphs
    doubted = replace(second, text=replace(second.text, certainty=Certainty.UNSURE, why="It does not end."))
    return replace(read, paragraphs=(first, doubted))
