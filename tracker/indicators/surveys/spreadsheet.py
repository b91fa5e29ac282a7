"""A survey's results as a sheet: a row for each question, wave and answer."""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.indicators.reading import leaving
from tracker.indicators.reading.counted import Place
from tracker.indicators.surveys import queries, rules
from tracker.indicators.surveys.models import Question, Survey
from tracker.indicators.surveys.queries import Result
from tracker.web.spreadsheet import Cell, Column, Percent, workbook

COLUMNS: Sequence[Column] = (
    ("Question", 50), ("First day", 18), ("Last day", 18), ("Asked", 10), ("Answered", 10), ("Response", 10),
    ("Answer", 26), ("Favourable", 12), ("Count", 10), ("Favourable share", 12), ("Lowest it may be", 12),
    ("Highest it may be", 12), ("Measure", 10), ("What it cannot say", 80),
)  # fmt: skip
FEW = "Hidden: it counts so few that somebody could be recognised"


def written(survey: Survey, *, smallest: int, outside: bool, today: date) -> bytes:
    """Questions that fewer than ``smallest`` answered are left out; for outside, small counts and shares are hidden."""
    stays = leaving.hidden(survey.authority, smallest) if outside else frozenset()
    rows = [
        cells
        for question in survey.questions
        for result in queries.results(survey, question, smallest)
        for cells in _rows(question, result, smallest if outside else 0, stays)
    ]
    title = f"{survey.reference} {survey.name}"
    return workbook(title, COLUMNS, rows, sheet="Answers", made_on=today, internal=not outside)


def _rows(question: Question, result: Result, smallest: int, stays: frozenset[Place]) -> Iterator[list[Cell]]:
    """A share that stays inside as a figure of its measure stays inside here, with the counts that would tell it."""
    wave, share = result.wave, result.share
    is_hidden = (question.measure_id, wave.last_day) in stays
    told = not is_hidden and (rules.may_leave(result.counts, smallest) if smallest else True)
    if share is not None and smallest and (is_hidden or not rules.share_may_leave(share, smallest)):
        share = None
    found = share.interval if share else None
    ends: list[Cell] = [None, None, None]
    if share and found:
        ends = [Percent(share.part / share.whole), Percent(round(found.low, 2)), Percent(round(found.high, 2))]
    for place, option in enumerate(question.options):
        yield [
            question.text, wave.first_day, wave.last_day, wave.invited, wave.answered,
            Percent(round(wave.response.share, 2)), option,
            "Yes" if place in question.favourable else "No" if question.favourable else None,
            result.counts[place] if told else FEW, *ends,
            question.measure.reference if question.measure else None, wave.response.cannot_say,
        ]  # fmt: skip
