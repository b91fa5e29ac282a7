"""Contents as a profile has them: chosen sections in their order, marked, without what is left out, in its look."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from reports import contents as pack
from reports.contents import Crest, Look, PackContents
from reports.outline import cited, outline
from tracker.evidence.rules import Marking, highest
from tracker.packs.gathering.wording import without_small_numbers
from tracker.packs.profiles import sections
from tracker.packs.profiles.rules import LEFT_OUT_WORDS, LeftOut, Profile
from tracker.packs.rules import PackKind

FEW = "Not shown: so few audits that somebody could be recognised."
REGISTER_SAYS = " One in brackets"
"""How what is said of the register begins, where a pack has one."""
DIRECTOR = "the director"
HAVE_ACTIONS = pack.Plan | pack.WhatMoved | pack.HowFar | pack.ProposedActions


def applied(
    contents: PackContents, profile: Profile, *, instead: Callable[[str], str], smallest: int, crest: Crest | None
) -> PackContents:
    """``instead`` puts posts in the place of names; numbers below ``smallest`` are small ones."""
    made = _chosen(contents, profile)
    if LeftOut.REMARKS in profile.left_out:
        made = _without_remarks(made)
    if LeftOut.NUMBERS in profile.left_out:
        made = _without_numbers(made, smallest)
    if LeftOut.NAMES in profile.left_out:
        made = _without_names(made, instead)
    look = Look(
        profile=profile.name,
        watermark=profile.watermark,
        ink=profile.ink,
        accent=profile.accent,
        crest=crest,
        left_out=tuple(LEFT_OUT_WORDS[one] for one in profile.left_out),
    )
    return replace(made, marking=_marking(made.marking, profile.marking), look=look)


def _marking(gathered: str, chosen: Marking) -> str:
    """In capitals; never lower than what the contents ask for."""
    marks = {str(marking).upper(): marking for marking in Marking}
    return str(highest((marks[gathered], chosen))).upper()


def _chosen(contents: PackContents, profile: Profile) -> PackContents:
    kind = PackKind(contents.kind.value)
    chapters = [
        chapter
        for code in profile.order
        for chapter in contents.chapters
        if sections.of(kind, chapter) == code
    ]  # fmt: skip
    made = replace(contents, chapters=tuple(chapters))
    if len(chapters) < len(contents.chapters):
        made = _fitting(made)
    return made


def _fitting(contents: PackContents) -> PackContents:
    """What explains or lists sections that are not printed goes with them."""
    where = cited(outline(contents))
    chapters = tuple(
        replace(one, entries=tuple(entry for entry in one.entries if entry.reference in where))
        if isinstance(one, pack.Register)
        else one
        for one in contents.chapters
    )
    how_to_read = contents.how_to_read
    if not any(isinstance(one, pack.Register) for one in chapters):
        how_to_read = tuple(
            replace(row, points=tuple(point.partition(REGISTER_SAYS)[0] for point in row.points)) for row in how_to_read
        )
    meanings = contents.status_meanings if any(isinstance(one, HAVE_ACTIONS) for one in chapters) else ()
    return replace(contents, chapters=chapters, how_to_read=how_to_read, status_meanings=meanings)


# Remarks ------------------------------------------------------------------------------------------------------


def _without_remarks(contents: PackContents) -> PackContents:
    kind = PackKind(contents.kind.value)
    named = sections.named(kind)
    chapters = [
        _unremarked(one)
        for one in contents.chapters
        if not isinstance(one, pack.NotYetSure) or named[sections.of(kind, one)].needed
    ]
    rows = tuple(row for row in contents.how_to_read if row.head not in ("Marks", "Confidence"))
    return replace(contents, chapters=tuple(chapters), how_to_read=rows)


def _unremarked(chapter: pack.Chapter) -> pack.Chapter:
    match chapter:
        case pack.WhereWeStand(profile=profile):
            rows = tuple(replace(row, confidence="") for row in profile.rows)
            return replace(chapter, profile=replace(profile, rows=rows))
        case pack.Summary():
            return replace(chapter, not_sure_of=())
        case pack.Audits():
            return replace(chapter, trust=())
        case pack.Area():
            return replace(
                chapter,
                own_view=replace(chapter.own_view, confidence="Not given here", confidence_note=""),
                know=_plain(chapter.know),
                how=_plain(chapter.how),
                plans=_plain(chapter.plans),
                agreements=tuple(replace(row, verdict_note="") for row in chapter.agreements),
            )
    return chapter


def _plain(question: pack.Question) -> pack.Question:
    return replace(question, statements=tuple(replace(one, notes=(), claim=False) for one in question.statements))


# Small numbers ------------------------------------------------------------------------------------------------


def _without_numbers(contents: PackContents, smallest: int) -> PackContents:
    chapters = tuple(_uncounted(one, smallest) for one in contents.chapters)
    return replace(contents, chapters=chapters).reworded(lambda text: without_small_numbers(text, smallest))


def _uncounted(chapter: pack.Chapter, smallest: int) -> pack.Chapter:
    """Without the charts of audits that show few cases; the domains tell the same audits in another way."""
    match chapter:
        case pack.Area(audits=grades) if grades and _shows_few((grades,), smallest):
            return replace(chapter, audits=_empty(grades), audits_show="")
        case pack.Audits() if _shows_few(filter(None, (chapter.grades, chapter.domains)), smallest):
            return replace(chapter, grades=_empty(chapter.grades) if chapter.grades else None, domains=None)
    return chapter


def _shows_few(charts: Iterable[pack.AuditGrades], smallest: int) -> bool:
    return any(0 < count < smallest for grades in charts for period in grades.periods for count in period.counts)


def _empty(grades: pack.AuditGrades) -> pack.AuditGrades:
    return replace(grades, caption=FEW, periods=())


# Names --------------------------------------------------------------------------------------------------------


def _without_names(contents: PackContents, instead: Callable[[str], str]) -> PackContents:
    signed = contents.signed_off and replace(contents.signed_off, by=DIRECTOR)
    approvals = tuple(replace(one, by=DIRECTOR) for one in contents.approvals)
    return replace(contents, signed_off=signed, approvals=approvals).reworded(instead)
