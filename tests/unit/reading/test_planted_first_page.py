"""What reports do on their first page and in their list, planted one at a time in published reports set again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.given_pdf import Line
from tests.given_published import BARE, PUBLISHED, Setting, as_published, inner, read_again, table, wrong
from tests.report_truth import REPORTS

Change = Callable[[Setting], None]
CHANGES: dict[str, Change] = {}


def planted(change: Change) -> Change:
    CHANGES[change.__name__] = change
    return change


def area_labels(form: Callable[[str], str]) -> dict[str, str]:
    return {area: form(label) for area, label in BARE.items()}


# --- the first page


@planted
def a_grade_stands_between_the_two_lines_of_its_label(setting: Setting) -> None:
    table(setting, middle=True)


@planted
def a_grade_takes_three_lines(setting: Setting) -> None:
    table(setting, middle=True, grade_room=80)


@planted
def the_leadership_row_is_not_first(setting: Setting) -> None:
    setting.judgements.reverse()
    table(setting)


@planted
def the_table_prints_no_head(setting: Setting) -> None:
    table(setting, head=False)


@planted
def the_table_says_requires_improvement_and_no_more(setting: Setting) -> None:
    table(setting, grades={"requires_improvement": "Requires Improvement"})


@planted
def labels_lose_their_article(setting: Setting) -> None:
    table(setting, labels=BARE)


@planted
def labels_say_practice_for_social_work_practice(setting: Setting) -> None:
    table(setting, labels=area_labels(lambda label: label.replace("social work practice", "practice")))


@planted
def labels_spell_experience(setting: Setting) -> None:
    table(setting, labels=area_labels(lambda label: f"The {label.lower().replace('experiences', 'experience')}"))


@planted
def the_table_runs_over_a_page(setting: Setting) -> None:
    block = setting.the("table")
    block.splits, block.before = True, 380.0


@planted
def no_text_stands_below_the_table(setting: Setting) -> None:
    setting.blocks = [block for block in setting.blocks if block.kind != "summary"]


@planted
def one_short_line_stands_below_the_table(setting: Setting) -> None:
    first, *others = setting.all("summary")
    setting.blocks = [block for block in setting.blocks if block not in others]
    first.say("Services are good.")


@planted
def no_lead_inspector_is_named(setting: Setting) -> None:
    setting.blocks.remove(setting.the("lead"))
    setting.now(lead_inspectors=())


@planted
def two_lead_inspectors_are_named_over_two_lines(setting: Setting) -> None:
    setting.the("lead").say("Lead inspectors: Ann-Marie O’Example and Bob van der Instance, HMIs", room=200)
    setting.now(lead_inspectors=("Ann-Marie O’Example", "Bob van der Instance"))


@planted
def two_periods_of_fieldwork_are_joined_by_and(setting: Setting) -> None:
    year = setting.read.start.value.year if setting.read.start.value else 0
    setting.the("dates").say(f"Inspection dates: 8 to 12 July and 7 and 8 August {year}")
    setting.now(start=date(year, 7, 8), end=date(year, 8, 8), end_alternatives=(date(year, 7, 12),))


@planted
def dates_have_weekdays_ordinals_and_a_misspelt_month(setting: Setting) -> None:
    year = setting.read.start.value.year if setting.read.start.value else 0
    setting.the("dates").say(f"Inspection date: Monday 4th to Friday 15th Septmber {year}")
    setting.now(start=date(year, 9, 4), end=date(year, 9, 15))


@planted
def the_title_names_a_trust(setting: Setting) -> None:
    setting.the("title").say("Inspection of Together for Children, Sunderland local authority children’s services")
    setting.now(authority="Sunderland")


@planted
def a_logo_has_words_above_the_title(setting: Setting) -> None:
    title = setting.the("title")
    title.lines = [replace(line, top=line.top + 40) for line in title.lines]
    title.lines.insert(0, Line("raising standards improving lives", 380, 0))


# --- what needs to improve


@planted
def the_improvement_heading_has_no_question_mark(setting: Setting) -> None:
    setting.the("improve").say("What needs to improve")


@planted
def the_improvement_heading_ends_in_a_colon(setting: Setting) -> None:
    setting.the("improve").say("What needs to improve:")


@planted
def the_improvement_heading_has_other_capitals(setting: Setting) -> None:
    setting.the("improve").say("What Needs To Improve?")


@planted
def the_improvement_heading_has_a_footnote_mark_of_its_own_size(setting: Setting) -> None:
    setting.the("improve").say("What needs to improve?1")


@planted
def the_improvement_heading_has_other_words(setting: Setting) -> None:
    setting.the("improve").say("What must leaders do next?")


@planted
def a_sentence_introduces_the_list(setting: Setting) -> None:
    setting.the("improve").add("The local authority should improve:", setting.the("improve").left)


@planted
def there_is_no_section_on_what_needs_to_improve(setting: Setting) -> None:
    setting.blocks = [block for block in setting.blocks if block.kind not in ("improve", "item")]


@planted
def the_list_stands_after_the_last_part(setting: Setting) -> None:
    listed = setting.all("improve", "item")
    setting.blocks = [block for block in setting.blocks if block not in listed] + listed


def with_bullets(setting: Setting, marks: Sequence[str], *, down: float = 0.0) -> None:
    for number, item in enumerate(setting.all("item")):
        first, mark = item.lines[0], marks[number % len(marks)]
        apart = len(item.rows()[0]) > 1
        item.lines[0] = replace(first, text=mark + first.text[1:], top=down if apart else 0, right=None)


@planted
def bullets_are_private_glyphs_of_two_fonts(setting: Setting) -> None:
    with_bullets(setting, ["\uf0b7", "\uf06e"])


@planted
def bullets_are_the_letters_that_their_font_draws_as_bullets(setting: Setting) -> None:
    with_bullets(setting, ["o"])


@planted
def bullets_of_one_list_are_of_two_sorts(setting: Setting) -> None:
    with_bullets(setting, ["•", "–"])


@planted
def bullets_stand_a_little_above_their_line(setting: Setting) -> None:
    with_bullets(setting, ["•"], down=-4)


@planted
def items_have_dash_sub_bullets(setting: Setting) -> None:
    with_subs(setting, "−")


@planted
def items_have_round_sub_bullets(setting: Setting) -> None:
    with_subs(setting, "o")


def with_subs(setting: Setting, mark: str) -> None:
    for item in setting.all("item")[:2]:
        for sub in ("for children in need", "for care leavers who are parents and wait long for help they need now"):
            item.add(sub, inner(item), mark=mark, room=300)
            item.text += f" {sub}"


@planted
def an_item_wraps_before_a_dash(setting: Setting) -> None:
    for item in setting.all("item"):
        item.add("– whatever their age – and their plans.", inner(item))
        item.text += " – whatever their age – and their plans."


@planted
def the_list_runs_over_a_page(setting: Setting) -> None:
    setting.the("item").before += 330


@pytest.mark.parametrize("report", PUBLISHED)
@pytest.mark.parametrize("change", CHANGES)
def test_a_report_in_which(change: str, report: str, tmp_path: Path) -> None:
    """... this is planted is read without a mistake."""
    setting = as_published(REPORTS / "ilacs" / f"{report}.pdf")
    CHANGES[change](setting)

    assert wrong(setting, read_again(setting, tmp_path)) == []
