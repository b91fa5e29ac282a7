"""Every table of a pack as plain rows: what a spreadsheet holds, and what a Word document prints."""

from collections.abc import Iterator, Mapping, Sequence
from functools import singledispatch

from reports import contents as pack
from reports.board_tables import how_far_tables, moved_tables, over_time_tables
from reports.charts_difference import difference_table
from reports.charts_measures import measure_table
from reports.outline import Numbered, Place, cited, outline
from reports.prose import citations
from reports.quality_tables import quality_tables
from reports.scorecard_tables import scored_tables, standings_tables
from reports.shares import share
from reports.table_shapes import Cell, Table


def tables(contents: pack.PackContents) -> Sequence[tuple[Numbered, Sequence[Table]]]:
    """The tables of each chapter, in the order of the pack; those without a row are left out."""
    chapters = outline(contents)
    places = cited(chapters)
    return [
        (numbered, [table for table in _tables(numbered.chapter, numbered, places) if table.rows])
        for numbered in chapters
    ]


Places = Mapping[str, Sequence[Place]]


@singledispatch
def _tables(chapter: pack.Chapter, numbered: Numbered, places: Places) -> Iterator[Table]:
    """The tables of one chapter. Chapters of prose alone have none."""
    yield from ()


@_tables.register
def _(chapter: pack.WhereWeStand, numbered: Numbered, places: Places) -> Iterator[Table]:
    profile = chapter.profile
    rows = [
        (row.area, *map(_given, row.grades), _given(row.own) if row.own else "Not yet agreed", row.confidence)
        for row in profile.rows
    ]
    if profile.overall:
        rows.append((profile.overall_head, *map(_given, profile.overall), "Not given", ""))
    heads = tuple(inspected.head for inspected in profile.inspections)
    yield Table(
        name="Grades",
        caption="Grades by area",
        columns=("Judgement area", *heads, profile.own_head, "Confidence"),
        rows=tuple(rows),
    )


def _given(grade: pack.Grade) -> str:
    return f"{grade.words} ({grade.note})" if grade.note else grade.words


@_tables.register
def _(chapter: pack.Area, numbered: Numbered, places: Places) -> Iterator[Table]:
    questions = (chapter.know, chapter.how, chapter.plans)
    yield Table(
        name=f"{chapter.title} statements",
        caption=f"{chapter.title}: statements",
        columns=("Ref", "Question", "Statement", "Standing", "Notes", "Cites evidence"),
        rows=tuple(
            (
                one.reference, question.words, one.text, one.word.text if one.word else "", "; ".join(one.notes),
                "No: a claim" if one.claim else "Yes" if any(citations(one.text)) else "",
            )
            for question in questions
            for one in question.statements
        ),
    )  # fmt: skip
    yield Table(
        name=f"{chapter.title} sources",
        caption="Do the sources agree?",
        columns=("Theme", "Inspectors", "Audits", "Measures", "Families, staff and partners", "Do they agree?"),
        rows=tuple(
            (row.theme, *map(_said, (row.inspectors, row.audits, row.measures, row.people)),
             f"{row.verdict.text}. {row.verdict_note}".strip(". "))
            for row in chapter.agreements
        ),
    )  # fmt: skip
    if chapter.audits:
        yield audit_table(chapter.audits, name=f"{chapter.title} audits")
    if chapter.measures:
        yield _measures(chapter.measures, name=f"{chapter.title} measures")
        for place, chart in enumerate(chapter.measures.charts):
            yield measure_table(chart, name=f"{chapter.title[:20]} range {place + 1}")


def _said(says: pack.Says) -> str:
    return f"{says.word}. {says.note}" if says.note else says.word


def audit_table(grades: pack.AuditGrades, *, name: str) -> Table:
    """The values of a chart of audit grades."""
    return Table(
        name=name,
        caption=grades.caption,
        columns=("", *grades.scale, "Graded", grades.good_words),
        rows=tuple((period.label, *period.counts, *_share(period.counts, grades)) for period in grades.periods),
    )


def _share(counts: Sequence[int], grades: pack.AuditGrades) -> tuple[int, str]:
    return sum(counts), share(counts, good=grades.good, percent_from=grades.percent_from)


def _measures(shown: pack.Measures, *, name: str) -> Table:
    return Table(
        name=name,
        caption=f"{shown.caption}, {shown.as_at}".strip(", "),
        columns=("Ref", "Measure", "Basis", shown.was_head, shown.value_head, "Target", "Neighbours", "Against target",
                 shown.series_head),
        rows=tuple(
            (
                one.reference, one.name, one.basis, one.was, one.value, one.target or "Not set",
                one.neighbours or "Not held",
                f"{one.against.text}, {one.distance}".strip(", ") if one.against else "Nothing to compare",
                "; ".join(filter(None, [", ".join(f"{value:g}" for value in one.series), one.travel])),
            )
            for one in shown.measures
        ),
    )  # fmt: skip


@_tables.register
def _(chapter: pack.Plan, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield Table(
        name="Plan",
        caption="Actions by item",
        columns=("Item", "Inspectors’ words", "Source", "Owner", *ACTION),
        rows=tuple(
            (item.reference, item.words, item.source, item.owner or "Nobody yet", *row)
            for item in chapter.items
            for row in item_table(item).rows
        ),
    )
    yield Table(
        name="Earlier items",
        caption="What became of earlier items",
        columns=("Ref", "Year", "Item", "Where it stands", "Because"),
        rows=tuple((one.reference, one.year, one.words, one.stands.text, one.because) for one in chapter.earlier),
    )


ACTION = ("Action", "What", "Lead", "Due", "First due", "Status", "Difference made", "What shows it")


def item_table(item: pack.PlanItem) -> Table:
    """The actions for one item; one row that says so when there are none."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.reference, one.title, one.lead, one.due, one.was_due, one.status.text,
            one.difference_word.text if one.difference_word else "", one.difference,
        )
        for one in item.actions
    ]  # fmt: skip
    none = ("", "No action has been planned yet", "", None, None, "", "", "")
    return Table(
        name=item.reference, caption=f"Actions for {item.reference}", columns=ACTION, rows=tuple(rows or [none])
    )


@_tables.register
def _(chapter: pack.InspectionFacts, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield Table(
        name="Deadlines",
        caption="What the regulations ask",
        columns=("What", "Rule", "By", "How it stands", "Done"),
        rows=tuple((one.name, one.rule, one.by, one.standing.text, one.done or "Not yet") for one in chapter.deadlines),
    )


@_tables.register
def _(chapter: pack.ProposedActions, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield Table(
        name="Proposed actions",
        caption="What will be done, by whom and by when",
        columns=("Item", "Inspectors’ words", "Source", "Owner", *PROPOSED),
        rows=tuple(
            (item.reference, item.words, item.source, item.owner or "Nobody yet", *row)
            for item in chapter.items
            for row in answer_table(item).rows
        ),
    )


PROPOSED = (
    "Action",
    "What",
    "By whom",
    "Answers for it",
    "With",
    "By when",
    "How we shall know",
    "Milestones",
    "Board",
)


def answer_table(item: pack.AnsweredItem) -> Table:
    """The proposed actions for one item; one row that says so when there are none."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.reference, one.title, one.lead, one.accountable, one.partner, one.due,
            one.success or "No success measure yet", "; ".join(one.milestones), one.board,
        )
        for one in item.actions
    ]  # fmt: skip
    none = ("", "No action has been planned yet", "", "", "", None, "", "", "")
    return Table(
        name=item.reference,
        caption=f"What will be done about {item.reference}",
        columns=PROPOSED,
        rows=tuple(rows or [none]),
    )


@_tables.register
def _(chapter: pack.Signatures, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield Table(
        name="Signatures",
        caption="Signed for the authority",
        columns=("Who", "Post", "Signature", "Date"),
        rows=tuple((one.name, one.post, "", None) for one in chapter.signatories),
    )


@_tables.register
def _(chapter: pack.Audits, numbered: Numbered, places: Places) -> Iterator[Table]:
    if chapter.grades:
        yield audit_table(chapter.grades, name="Audit grades")
    if chapter.domains:
        yield audit_table(chapter.domains, name="Audit domains")
    yield Table(
        name="Findings",
        caption="What auditors found",
        columns=("Ref", "What auditors found", "From", "What we changed", "The second look", "State"),
        rows=tuple(
            (one.reference, one.found, one.source, one.changed, one.second_look, one.state.text)
            for one in chapter.findings
        ),
    )


@_tables.register
def _(chapter: pack.Voices, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield Table(
        name="Voices",
        caption="What children and families say",
        columns=("Who", "Setting", "Words", "How we heard them", "Evidence", "Bears on"),
        rows=tuple(
            (one.who, one.setting, one.words, one.source, one.reference, one.bears_on) for one in chapter.voices
        ),
    )


@_tables.register
def _(chapter: pack.Register, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield Table(
        name="Evidence",
        caption="Evidence register",
        columns=("Ref", "What it is", "What it shows", "Kind", "Strength", "Date", "From", "Cited at"),
        rows=tuple(
            (
                one.reference, one.title, one.shows, one.kind, one.strength, one.dated, one.owner,
                ", ".join(place.label for place in places.get(one.reference, ())) or "Not cited",
            )
            for one in chapter.entries
        ),
    )  # fmt: skip


@_tables.register
def _(chapter: pack.PracticeExample, numbered: Numbered, places: Places) -> Iterator[Table]:
    voice = ("Voice", f"“{chapter.voice}” {chapter.voice_of}".strip() if chapter.voice else "")
    rows = [(row.head, "\n".join(row.points)) for row in (*chapter.facts, *chapter.sections)]
    yield Table(
        name="Practice example",
        caption=chapter.title,
        columns=("Part", "What it says"),
        rows=(("Summary", chapter.title), *rows, *((voice,) if chapter.voice else ())),
    )


@_tables.register
def _(chapter: pack.DailyBrief, numbered: Numbered, places: Places) -> Iterator[Table]:
    parts = (*chapter.facts, *chapter.sections)
    yield Table(
        name="Brief",
        caption=chapter.title,
        columns=("Part", "What it says"),
        rows=tuple((row.head, point) for row in parts for point in row.points),
    )


@_tables.register
def _(chapter: pack.AreaRegister, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield Table(
        name=f"{chapter.title} gaps",
        caption=f"{chapter.title}: what is missing",
        columns=("What is missing", "Where"),
        rows=tuple((row.head, point) for row in chapter.gaps for point in row.points),
    )
    yield Table(
        name=chapter.title,
        caption=f"{chapter.title}: evidence",
        columns=("Ref", "What it is", "What it shows", "Speaks for", "Kind", "Strength", "Date", "Fresh or stale",
                 "Owner", "Held as"),
        rows=tuple(
            (
                one.entry.reference, one.entry.title, one.entry.shows, "\n".join(one.speaks_for), one.entry.kind,
                one.entry.strength, one.entry.dated, one.freshness, one.entry.owner, one.held_as,
            )
            for one in chapter.entries
        ),
    )  # fmt: skip


@_tables.register
def _(chapter: pack.Changes, numbered: Numbered, places: Places) -> Iterator[Table]:
    for comparison in chapter.comparisons:
        yield Table(
            name=f"Changes {comparison.caption}",
            caption=comparison.caption,
            columns=comparison.columns,
            rows=comparison.rows,
        )


@_tables.register
def _(chapter: pack.Quality, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield from quality_tables(chapter, numbered.number)


@_tables.register
def _(chapter: pack.WhatMoved, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield from moved_tables(chapter)


@_tables.register
def _(chapter: pack.HowFar, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield from how_far_tables(chapter)


@_tables.register
def _(chapter: pack.OverTime, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield from over_time_tables(chapter)


@_tables.register
def _(chapter: pack.Standings, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield from standings_tables(chapter)


@_tables.register
def _(chapter: pack.Scored, numbered: Numbered, places: Places) -> Iterator[Table]:
    yield from scored_tables(chapter)


@_tables.register
def _(chapter: pack.Differences, numbered: Numbered, places: Places) -> Iterator[Table]:
    for one in chapter.pathways:
        if one.chart:
            yield difference_table(one.chart, name=f"{one.reference} times as often")
