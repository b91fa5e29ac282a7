"""What reports do in their headings, paragraphs and pages, planted one at a time in published reports set again."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.given_pdf import Line, width
from tests.given_published import BARE, PUBLISHED, Block, Setting, as_published, inner, read_again, renumber, wrong
from tests.report_truth import REPORTS

Change = Callable[[Setting], None]
CHANGES: dict[str, Change] = {}


def planted(change: Change) -> Change:
    CHANGES[change.__name__] = change
    return change


def some(blocks: Sequence[Block], count: int = 3) -> list[Block]:
    """A few of them, from the first half to the last, that take more lines than one."""
    long = [block for block in blocks if len(block.rows()) > 3]
    return long[2 :: max(1, len(long) // count)]


def grade_of(setting: Setting, area: str | None) -> str:
    return next((one.grade_label for one in setting.judgements if one.area.value == area), "").lower()


def heading(block: Block, setting: Setting, form: str) -> str:
    label = "The " + BARE[block.area or ""][0].lower() + BARE[block.area or ""][1:]
    return form.format(label=label, grade=grade_of(setting, block.area))


# --- headings


def with_headings(form: str) -> Change:
    def change(setting: Setting) -> None:
        for block in setting.all("heading"):
            block.say(heading(block, setting, form))

    return change


for words, form in {
    "headings_end_in_a_colon_and_the_grade": "{label}: {grade}",
    "headings_end_in_is_and_the_grade": "{label} is {grade}",
    "headings_end_in_a_bare_grade": "{label} {grade}",
    "headings_end_in_a_dash_the_grade_and_a_stop": "{label} – {grade}.",
    "headings_have_no_grade": "{label}",
}.items():
    CHANGES[words] = with_headings(form)


@planted
def headings_have_their_grade_on_a_line_below(setting: Setting) -> None:
    for block in setting.all("heading"):
        block.say(heading(block, setting, "{label}"))
        down, left = block.height + 20, block.left
        block.lines.append(Line(grade_of(setting, block.area).capitalize(), left, down, 14, bold=True))


def restyled(setting: Setting, size: float, *, bold: bool) -> None:
    for block in setting.all("heading", "improve"):
        block.lines = [replace(line, size=size, bold=bold, right=None) for line in block.lines if line.size > 9]


@planted
def headings_have_the_size_of_the_text(setting: Setting) -> None:
    restyled(setting, 12, bold=True)


@planted
def headings_are_not_bold(setting: Setting) -> None:
    restyled(setting, 14, bold=False)


@planted
def a_heading_is_split_over_a_page(setting: Setting) -> None:
    for block in setting.all("heading"):
        block.splits = True
    setting.bottom = 640


@planted
def small_headings_divide_a_part(setting: Setting) -> None:
    for number, block in enumerate(some(setting.all("paragraph"), 4)):
        words = ("Care leavers", "Adoption", "Early help", "Help and protection")[number % 4]
        at = setting.blocks.index(block)
        setting.blocks.insert(at, Block("small", [Line(words, block.left, 0, 12, bold=True)], 28))


# --- paragraphs


@planted
def a_paragraph_starts_like_a_heading(setting: Setting) -> None:
    for block in some(setting.all("paragraph")):
        starts_with(block, f"{BARE['children_in_care']} is")


@planted
def a_paragraph_starts_with_a_number(setting: Setting) -> None:
    for block in some(setting.all("paragraph")):
        starts_with(block, "16- and 17-year-olds are helped.")


def starts_with(block: Block, words: str) -> None:
    """Put a line before the first of a paragraph, which carries its number."""
    number, text = block.rows()[0][0], block.rows()[0][-1]
    if number is text:
        words = f"{block.number}. {words}"
        text = replace(text, text=re.sub(r"^\d+\.\s*", "", text.text), left=block.rows()[1][0].left, right=None)
    rest = [replace(line, top=line.top + 14.5) for line in (text, *block.lines[len(block.rows()[0]) :])]
    head = [] if number is block.rows()[0][-1] else [number]
    block.lines = [*head, replace(block.rows()[0][-1], text=words, right=None), *rest]
    block.text = f"{re.sub(r'^[0-9]+[.] ', '', words)} {block.text}"


@planted
def words_within_a_paragraph_are_bold(setting: Setting) -> None:
    for block in some(setting.all("paragraph")):
        second = block.rows()[1]
        block.lines = [replace(line, bold=line in second) for line in block.lines]


@planted
def a_whole_paragraph_is_bold(setting: Setting) -> None:
    for block in some(setting.all("paragraph")):
        block.lines = [replace(line, bold=True) for line in block.lines]


@planted
def a_paragraph_is_set_small(setting: Setting) -> None:
    for block in some(setting.all("paragraph"), 9):
        block.lines = [replace(line, size=10.0) for line in block.lines]


@planted
def a_raised_ordinal_stands_in_the_text(setting: Setting) -> None:
    for block in some(setting.all("paragraph")):
        left, words = inner(block), "They leave after their 18"
        block.add(words, left)
        down, at = block.height, left + width(words, 12)
        block.lines += [Line("th", at, down - 4, 8), Line("birthday.", at + width("th ", 8) + 2, down)]
        block.text += " They leave after their 18th birthday."


@planted
def a_wrapped_line_starts_with_a_number_and_a_stop(setting: Setting) -> None:
    for block, number in zip(some(setting.all("paragraph")), ("16.", "2.", "17)"), strict=False):
        block.add(f"{number} Most of them are helped when they are younger than that, some are not.", inner(block))
        block.text += f" {number} Most of them are helped when they are younger than that, some are not."


def numbers(setting: Setting) -> Iterator[tuple[int, Block]]:
    yield from enumerate(setting.all("paragraph"))


@planted
def a_number_is_skipped(setting: Setting) -> None:
    for at, block in numbers(setting):
        renumber(block, at + 1 + (at > 7))


@planted
def a_number_is_used_twice(setting: Setting) -> None:
    for at, block in numbers(setting):
        renumber(block, at + 1 - (at > 7))


@planted
def two_numbers_change_places(setting: Setting) -> None:
    for at, block in numbers(setting):
        renumber(block, {6: 8, 7: 7}.get(at, at + 1))


@planted
def one_number_is_quite_wrong(setting: Setting) -> None:
    renumber(setting.all("paragraph")[12], 113)


@planted
def numbering_begins_again_in_every_part(setting: Setting) -> None:
    number = 0
    for block in setting.all("heading", "paragraph"):
        number = 0 if block.kind == "heading" else number + 1
        if number:
            renumber(block, number)


@planted
def a_number_lacks_its_stop(setting: Setting) -> None:
    for at in (3, 11):
        renumber(setting.all("paragraph")[at], at + 1, "{}")


@planted
def a_number_has_a_comma_for_its_stop(setting: Setting) -> None:
    for at in (3, 11):
        renumber(setting.all("paragraph")[at], at + 1, "{}, ")


@planted
def a_number_is_glued_to_its_first_word(setting: Setting) -> None:
    for block in some(setting.all("paragraph")):
        number, *others = block.rows()[0]
        if others:
            glued = number.text.strip() + others[0].text
            block.lines[:2] = [replace(number, text=glued, right=None)]


@planted
def a_number_stands_above_its_line(setting: Setting) -> None:
    for block in some(setting.all("paragraph")):
        if len(block.rows()[0]) > 1:
            block.lines[0] = replace(block.lines[0], top=-4.0)


@planted
def paragraphs_stand_close_together(setting: Setting) -> None:
    for block in setting.all("paragraph"):
        block.before = 14.5


# --- pages and fonts


@planted
def the_page_number_stands_between_two_footer_lines(setting: Setting) -> None:
    setting.foot = "between"


@planted
def the_running_line_stands_at_the_head(setting: Setting) -> None:
    setting.foot = "top"


@planted
def pages_have_no_numbers(setting: Setting) -> None:
    setting.foot = "none"


@planted
def footers_have_wrong_dates(setting: Setting) -> None:
    setting.foot_text = ("Inspection of an authority’s children’s services", "26th February 2012 to 8th March 2012")


@planted
def fonts_claim_size_one(setting: Setting) -> None:
    setting.claims_size_one = True


@pytest.mark.parametrize("report", PUBLISHED)
@pytest.mark.parametrize("change", CHANGES)
def test_a_report_in_which(change: str, report: str, tmp_path: Path) -> None:
    """... this is planted is read without a mistake."""
    setting = as_published(REPORTS / "ilacs" / f"{report}.pdf")
    CHANGES[change](setting)

    assert wrong(setting, read_again(setting, tmp_path)) == []


@pytest.mark.parametrize("report", PUBLISHED)
def test_a_page_may_end_anywhere(report: str, tmp_path: Path) -> None:
    for bottom in range(520, 760, 17):
        setting = as_published(REPORTS / "ilacs" / f"{report}.pdf")
        setting.bottom = bottom

        assert wrong(setting, read_again(setting, tmp_path)) == []
