"""What the search of published reports shows: what its address asks, its filters as links, one page of passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from tracker.corpus import choices, queries, rules
from tracker.corpus.hits import Hit, hits
from tracker.corpus.models import Passage
from tracker.corpus.queries import Size, Tally, Wanted
from tracker.corpus.rules import KIND_LABELS, PassageKind
from tracker.corpus.words import LONGEST_QUESTION, question, without_lead_in
from tracker.people.models import Authority
from tracker.web import links
from tracker.web.links import Filter
from tracker.web.paging import Page, asked_page
from tracker.web.tallies import counted, offered

PER_PAGE = 20
MOST_EXPORTED = 10_000
"""Rows of an exported file. Our choice: more than anybody reads, and made within a few seconds."""
MOST_OFFERED = 15
"""Themes or authorities offered as links, those with the most passages; every authority is in the form."""
NEWEST = "newest"


@dataclass(frozen=True)
class SearchPage:
    text: str
    wanted: Wanted
    kept: Mapping[str, str]
    """The filters that go on when other words are asked, as arguments of the address."""
    size: Size
    some: bool
    """No passage has every word: these have some of them."""
    kinds: Sequence[Filter]
    areas: Sequence[Filter]
    grades: Sequence[Filter]
    years: Sequence[Filter]
    themes: Sequence[Filter]
    authorities: Sequence[Filter]
    orders: Sequence[Filter]
    every_authority: Sequence[str]
    rows: Page[Hit]

    @property
    def asked(self) -> bool:
        """Whether anything was asked for, in words that can be looked for or by a filter."""
        return bool(self.wanted.question) or self.wanted.narrowed

    @property
    def more_open(self) -> bool:
        """Whether a filter is on that would else be folded away."""
        return any(filter.current for group in (self.years, self.themes, self.authorities) for filter in group[1:])


def typed() -> str:
    """What was typed, as one line that can be printed."""
    text = request.args.get("q", "")[:LONGEST_QUESTION]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def understood() -> dict[str, Any] | None:
    """The query of the same search in words and filters, where the question ends in "where <area> was <grade>"."""
    found = rules.understood(typed(), areas=choices.area_wordings(), grades=choices.grade_wordings())
    if found is None:
        return None
    return {**links.asked(), "q": without_lead_in(found.text), "area": found.area, "grade": found.grade}


def asked(authority: Authority) -> SearchPage:
    """The page that this request asks for."""
    names = queries.authorities(authority)
    wanted, some, tallies = _answered(authority, names)
    total = sum(tally.count for tally in tallies if tally.passes(wanted))
    number = asked_page(total, PER_PAGE)
    page = SearchPage(
        text=typed(),
        wanted=wanted,
        kept=_kept(wanted),
        size=queries.size(authority),
        some=some,
        kinds=_kinds(tallies, wanted),
        areas=_areas(tallies, wanted),
        grades=_grades(tallies, wanted),
        years=_years(tallies, wanted),
        themes=_themes(queries.theme_tallies(authority, wanted), wanted),
        authorities=_authorities(tallies, wanted),
        orders=links.filters("sort", [(None, "Best first"), (NEWEST, "Newest first")]),
        every_authority=names,
        rows=Page([], number, total, PER_PAGE),
    )
    if not page.asked or not total:
        return replace(page, rows=Page([], 1, 0, PER_PAGE))
    found = _passages(authority, wanted, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return replace(page, rows=Page(hits(found, wanted.question.wanted), number, total, PER_PAGE))


def asked_passages(authority: Authority) -> Sequence[Passage]:
    """Every passage that this request asks for, whatever page it is on; none where it asks for nothing."""
    wanted, _, _ = _answered(authority, queries.authorities(authority))
    asked = wanted.question or wanted.narrowed
    return _passages(authority, wanted, limit=MOST_EXPORTED, offset=0) if asked else ()


def _passages(authority: Authority, wanted: Wanted, *, limit: int, offset: int) -> Sequence[Passage]:
    newest = request.args.get("sort") == NEWEST
    return queries.passages(authority, wanted, newest_first=newest, limit=limit, offset=offset)


def _kept(wanted: Wanted) -> dict[str, str]:
    """What the address asks beside words and authority, as far as it means something."""
    kept = {
        "kind": wanted.kind,
        "area": request.args.get("area") if wanted.areas else None,
        "grade": wanted.grade,
        "year": wanted.year,
        "theme": wanted.theme,
        "sort": NEWEST if request.args.get("sort") == NEWEST else None,
    }
    return {name: str(value) for name, value in kept.items() if value}


def _answered(authority: Authority, names: Sequence[str]) -> tuple[Wanted, bool, list[Tally]]:
    """What is wanted, whether some of the words have to be enough, and the counts of what answers it."""
    wanted = _wanted(names)
    tallies = queries.tallies(authority, wanted)
    if any(tally.passes(wanted) for tally in tallies) or len(wanted.question.wanted) < 2:
        return wanted, False, tallies
    some = replace(wanted, every=False)
    fewer = queries.tallies(authority, some)
    return (some, True, fewer) if any(tally.passes(some) for tally in fewer) else (wanted, False, tallies)


def _wanted(names: Sequence[str]) -> Wanted:
    """What the address asks for; what it cannot mean is left out. ``of`` is one of ``names``, the authorities."""
    asked = request.args
    kind, grade, theme = asked.get("kind"), asked.get("grade"), asked.get("theme")
    return Wanted(
        question=question(typed()),
        kind=PassageKind(kind) if kind in set(PassageKind) else None,
        areas=choices.area_codes(asked.get("area")),
        grade=grade if grade in choices.grades() else None,
        year=year if 1900 < (year := asked.get("year", 0, type=int)) < 2200 else None,
        about=about if (about := asked.get("of")) in names else None,
        theme=theme if theme in choices.theme_names() else None,
    )


def _kinds(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    counts = counted(tallies, replace(wanted, kind=None), lambda tally: tally.kind.value)
    return offered("kind", "Everything", {kind.value: label for kind, label in KIND_LABELS.items()}, counts)


def _areas(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    by_code = counted(tallies, replace(wanted, areas=frozenset()), lambda tally: tally.area or "")
    counts = {choice.code: sum(by_code[code] for code in choice.codes) for choice in choices.areas()}
    return offered("area", "Any", {choice.code: choice.name for choice in choices.areas()}, counts)


def _grades(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    counts = counted(tallies, replace(wanted, grade=None), lambda tally: tally.grade or "")
    return offered("grade", "Any", choices.grades(), counts)


def _years(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    counts = counted(tallies, replace(wanted, year=None), lambda tally: str(tally.year))
    return offered("year", "Any", {year: year for year in sorted(counts, reverse=True)}, counts)


def _authorities(tallies: Sequence[Tally], wanted: Wanted) -> list[Filter]:
    counts = counted(tallies, replace(wanted, about=None), lambda tally: tally.about)
    return offered("of", "Any", {name: name for name in _most(counts, wanted.about)}, counts)


def _themes(counts: Mapping[str, int], wanted: Wanted) -> list[Filter]:
    names = choices.theme_names()
    return offered("theme", "Any", {code: names.get(code, code) for code in _most(counts, wanted.theme)}, counts)


def _most(counts: Mapping[str, int], on: str | None) -> list[str]:
    """The values with the most passages, and the one that is on."""
    most = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_OFFERED]
    return most if on is None or on in most else [*most, on]
