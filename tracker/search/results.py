"""What a page of results shows: what its address asks, one page of what was found, and the filters as links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request, url_for
from markupsafe import Markup

from tracker.audits.blind.rules import Viewer
from tracker.corpus import choices
from tracker.corpus.marking import excerpt, marked
from tracker.corpus.words import Question, question
from tracker.evidence.register_page import KINDS as EVIDENCE_KINDS
from tracker.evidence.register_page import STRENGTHS
from tracker.people.models import Authority
from tracker.search import people, queries
from tracker.search.near import nearest
from tracker.search.people import Colleague
from tracker.search.queries import Tally, Thing, Wanted
from tracker.search.rules import SEVERAL, Found, codes
from tracker.web import links
from tracker.web.links import PAGES, Filter
from tracker.web.paging import Page, asked_page
from tracker.web.tallies import counted, offered

PER_PAGE = 20
LONGEST_SEARCH = 200
LONGEST_EXCERPT = 280
"""Characters, as far as whole sentences allow. Our choice: three or four lines."""
BETWEEN = " · "
"""Between what was written in different fields."""
MOST_RANKED = 20_000
"""Of more things the newest are shown first, and no themes are counted: words that nearly everything has tell none
from another, and to weigh them all would take seconds. Our choice."""
MOST_THEMES = 15
"""Offered as links, those with the most things. Our choice."""
KINDS: Mapping[str, Found] = {kind.name.lower().replace("_", "-"): kind for kind in Found}
"""As an address names them: ``self-grade``."""
OPENS: Mapping[Found, tuple[str, str]] = {
    Found.ITEM: ("I", PAGES["I"]),
    Found.APPRAISAL: ("I", PAGES["I"]),
    Found.ACTION: ("A", PAGES["A"]),
    Found.EVIDENCE: ("E", PAGES["E"]),
    Found.AUDIT: ("Q", PAGES["Q"]),
    Found.ANSWER: ("Q", PAGES["Q"]),
    Found.FINDING: ("F", PAGES["F"]),
    Found.MEASURE: ("M", PAGES["M"]),
    Found.SURVEY: ("V", PAGES["V"]),
    Found.PATHWAY: ("W", PAGES["W"]),
    Found.STATEMENT: ("S", PAGES["S"]),
    Found.INSPECTION: ("R", PAGES["R"]),
    Found.PARAGRAPH: ("R", PAGES["R"]),
    Found.PACK: ("P", PAGES["P"]),
    Found.BRIEF: ("P", PAGES["P"]),
    Found.REQUEST: ("H", PAGES["H"]),
    Found.NOTE: ("N", "fieldwork_notes.show"),
    Found.MEETING: ("N", "fieldwork_timetable.show"),
}
"""The letter of the reference and the page that a kind of thing is shown with. A self-grade has no reference, and what
belongs to an inspection is shown with that of the inspection."""
WITHIN: Mapping[Found, str] = {Found.NOTE: "note_id", Found.MEETING: "meeting_id"}
"""Kinds whose page is named by an id beside that number, and what the address calls it."""


@dataclass(frozen=True)
class Result:
    """One thing found, as a list shows it."""

    reference: str
    """Empty where it has none."""
    kind: str
    title: Markup
    url: str
    excerpt: Markup
    """The sentences that say most of what was asked, with the words marked; whatever the text holds is escaped."""
    place: str
    """Where in its file the excerpt stands, and in what other places there is more: "Page 3; also page 7"."""
    dated: date | None
    areas: Sequence[str]
    strength: str
    sensitive: bool
    withdrawn: bool


@dataclass(frozen=True)
class ResultsPage:
    text: str
    wanted: Wanted
    some: bool
    """Nothing has every word: these have some of them."""
    newest_first: bool
    """There is so much that it is not weighed."""
    instead: str
    """What was perhaps meant, where nothing at all was found."""
    kept: Mapping[str, str]
    """The filters that go on when other words are asked, as arguments of the address."""
    kinds: Sequence[Filter]
    more: Sequence[tuple[str, Sequence[Filter]]]
    """Other filters by the word before them; those that would show nothing different are left out."""
    chosen: Sequence[Filter]
    """What is on, each as the link that takes it off."""
    rows: Page[Result]
    people: Sequence[Colleague]
    """Those whose name was typed; on the first page alone."""

    @property
    def more_open(self) -> bool:
        """Whether a filter is on that would else be folded away."""
        return any(filter.current for _, filters in self.more for filter in filters[1:])


def typed() -> str:
    """What was typed, as one line that can be printed."""
    text = request.args.get("q", "")[:LONGEST_SEARCH]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def asked(authority: Authority, viewer: Viewer) -> ResultsPage:
    """The page that this request asks for: eight statements at most, however much there is."""
    wanted, some, tallies = _answered(authority, viewer)
    total = sum(tally.count for tally in tallies if tally.passes(wanted))
    number, newest_first = asked_page(total, PER_PAGE), total > MOST_RANKED
    start = (number - 1) * PER_PAGE
    found = (
        queries.things(authority, viewer, wanted, limit=PER_PAGE, offset=start, newest_first=newest_first)
        if total
        else ()
    )
    themes = {} if newest_first or not total else queries.theme_tallies(authority, viewer, wanted)
    more = _more(tallies, themes, wanted)
    kinds = _kinds(tallies, wanted)
    return ResultsPage(
        text=typed(),
        wanted=wanted,
        some=some,
        newest_first=newest_first,
        instead="" if tallies or not wanted.question.wanted else _instead(authority, viewer, wanted),
        kept=_kept(wanted),
        kinds=kinds,
        more=more,
        chosen=_chosen(kinds, more),
        rows=Page([_result(thing, wanted.question) for thing in found], number, total, PER_PAGE),
        people=people.found(authority, typed()) if number == 1 else (),
    )


def _answered(authority: Authority, viewer: Viewer) -> tuple[Wanted, bool, list[Tally]]:
    """What is wanted, whether some of the words have to be enough, and the counts of what answers it."""
    wanted = _wanted()
    if not wanted.question.wanted:
        return wanted, False, []
    tallies = queries.tallies(authority, viewer, wanted)
    if tallies or len(wanted.question.wanted) < 2:
        return wanted, False, tallies
    some = replace(wanted, every=False)
    fewer = queries.tallies(authority, viewer, some)
    return (some, True, fewer) if fewer else (wanted, False, [])


def _wanted() -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    asked = request.args
    kind, strength = EVIDENCE_KINDS.get(asked.get("of", "")), STRENGTHS.get(asked.get("strength", ""))
    theme = asked.get("theme")
    return Wanted(
        question=question(typed()),
        kind=KINDS.get(asked.get("kind", "")),
        areas=choices.area_codes(asked.get("area")),
        theme=theme if theme in choices.theme_names() else None,
        year=year if 1900 < (year := asked.get("year", 0, type=int)) < 2200 else None,
        mine=asked.get("whose") == "mine",
        evidence_kind=kind.value if kind else None,
        strength=strength.value if strength else None,
        withdrawn=asked.get("state") == "withdrawn",
    )


FILTERS = ("kind", "of", "strength", "area", "theme", "year", "whose", "state")


def _kept(wanted: Wanted) -> dict[str, str]:
    """What the address asks beside words, as far as it means something."""
    on = (
        wanted.kind, wanted.evidence_kind, wanted.strength, wanted.areas, wanted.theme, wanted.year, wanted.mine,
        wanted.withdrawn,
    )  # fmt: skip
    return {name: request.args[name] for name, value in zip(FILTERS, on, strict=True) if value}


# Filters --------------------------------------------------------------------------------------------------------------


def _kinds(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    every = replace(wanted, kind=None)
    counts = counted(tallies, every, lambda tally: _slug(tally.kind))
    on = request.args.get("kind")
    shown = [(slug, SEVERAL[kind]) for slug, kind in KINDS.items() if counts.get(slug) or slug == on]
    numbers: dict[str | None, int] = {None: sum(counts.values()), **dict(counts.items())}
    return links.filters("kind", [(None, "Everything"), *shown], counts=numbers)


def _slug(kind: Found) -> str:
    return kind.name.lower().replace("_", "-")


def _more(tallies: Sequence[Tally], themes: Mapping[str, int], wanted: Wanted) -> list[tuple[str, Sequence[Filter]]]:
    """Each with a choice of at least two: one value alone tells nothing apart."""
    groups = [
        ("Kind of evidence:", _evidence_kinds(tallies, wanted)),
        ("Strength:", _strengths(tallies, wanted)),
        ("Area:", _areas(tallies, wanted)),
        ("Theme:", _themes(themes, wanted)),
        ("Year:", _years(tallies, wanted)),
        ("Whose:", _whose(tallies, wanted)),
        ("Withdrawn:", _states(tallies, wanted)),
    ]
    return [(label, filters) for label, filters in groups if len(filters) > 1]


def _evidence_kinds(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    counts = counted(tallies, replace(wanted, evidence_kind=None), lambda tally: tally.evidence_kind)
    by_slug = {slug: counts[kind.value] for slug, kind in EVIDENCE_KINDS.items()}
    return offered("of", "Any", {slug: kind.value for slug, kind in EVIDENCE_KINDS.items()}, by_slug)


def _strengths(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    counts = counted(tallies, replace(wanted, strength=None), lambda tally: tally.strength)
    by_slug = {slug: counts[strength.value] for slug, strength in STRENGTHS.items()}
    return offered("strength", "Any", {slug: strength.value for slug, strength in STRENGTHS.items()}, by_slug)


def _areas(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    """A thing stands under each of its areas."""
    every = replace(wanted, areas=frozenset())
    passing = [tally for tally in tallies if tally.passes(every)]
    counts = {
        choice.code: sum(tally.count for tally in passing if tally.areas & choice.codes) for choice in choices.areas()
    }
    return offered("area", "Any", {choice.code: choice.name for choice in choices.areas()}, counts)


def _themes(counts: Mapping[str, int], wanted: Wanted) -> list[Filter]:
    names = choices.theme_names()
    most = sorted(counts, key=lambda code: (-counts[code], code))[:MOST_THEMES]
    if wanted.theme is not None and wanted.theme not in most:
        most.append(wanted.theme)
    return offered("theme", "Any", {code: names.get(code, code) for code in most}, counts)


def _years(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    counts = counted(tallies, replace(wanted, year=None), lambda tally: str(tally.year or ""))
    return offered("year", "Any", {year: year for year in sorted(counts, reverse=True) if year}, counts)


def _whose(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    counts = counted(tallies, replace(wanted, mine=False), lambda tally: "mine" if tally.mine else "")
    return offered("whose", "Anybody’s", {"mine": "Mine"}, counts)


def _states(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    counts = counted(tallies, replace(wanted, withdrawn=True), lambda tally: "withdrawn")
    return offered("state", "Left out", {"withdrawn": "Withdrawn evidence only"}, counts)


def _chosen(kinds: Sequence[Filter], more: Sequence[tuple[str, Sequence[Filter]]]) -> list[Filter]:
    """What is on, each with the address without it: the first of its group takes it off."""
    groups = [kinds, *(filters for _, filters in more)]
    return [Filter(f"{filter.label} ×", group[0].url) for group in groups for filter in group[1:] if filter.current]


# Results --------------------------------------------------------------------------------------------------------------


def _result(thing: Thing, asked: Question) -> Result:
    entry, phrases = thing.best, asked.wanted
    letter, endpoint = OPENS.get(entry.kind, ("", "self_evaluation.edition"))
    numbered: dict[str, Any] = {"number" if letter else "edition": entry.number}
    if entry.kind in WITHIN:
        numbered[WITHIN[entry.kind]] = entry.thing_id
    return Result(
        reference=f"{letter}-{entry.number}" if letter else "",
        kind=entry.evidence_kind or entry.kind.value,
        title=marked(entry.title, phrases),
        url=url_for(endpoint, **numbered, _anchor=entry.anchor or None),
        excerpt=marked(excerpt(entry.text.replace("\n", BETWEEN), phrases, longest=LONGEST_EXCERPT), phrases),
        place=_place(entry.place, thing.others),
        dated=entry.dated,
        areas=_area_names(codes(entry.areas)),
        strength=entry.strength,
        sensitive=entry.sensitive,
        withdrawn=entry.withdrawn,
    )


def _place(place: str, others: Sequence[str]) -> str:
    places = [one for one in dict.fromkeys((place, *others)) if one]
    if not place:
        return f"Also in its file: {', '.join(places)}" if places else ""
    return f"In its file, {place}" + (f"; also {', '.join(places[1:])}" if len(places) > 1 else "")


def _area_names(held: Sequence[str]) -> list[str]:
    return [choice.name for choice in choices.areas() if not choice.codes.isdisjoint(held)]


def _instead(authority: Authority, viewer: Viewer, wanted: Wanted) -> str:
    """The same words with each that is not there replaced by the nearest one that is."""
    return nearest(typed(), queries.newest_titles(authority, viewer))
