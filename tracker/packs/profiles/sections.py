"""The sections of each kind of pack, as people choose them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.contents import Chapter
from tracker.packs.rules import PackKind


@dataclass(frozen=True)
class Section:
    """One or several chapters that are chosen together; ``holds`` names the kinds of chapter, as contents name them.

    Where several sections hold the same kind, ``titles`` says which are whose; the last without any holds the rest.
    """

    code: str
    name: str
    holds: frozenset[str]
    needed: bool = False
    titles: frozenset[str] = frozenset()

    def has(self, chapter: Chapter) -> bool:
        return chapter.chapter in self.holds and (not self.titles or chapter.title in self.titles)


def _section(name: str, *holds: str, needed: bool = False, titles: Sequence[str] = ()) -> Section:
    code = name.lower().replace("’", "").replace(",", "").replace(" ", "-")
    return Section(code, name, frozenset(holds), needed, frozenset(titles))


def _titled(name: str, *, needed: bool = False) -> Section:
    """A chapter of plain figures and tables, known by its title."""
    return _section(name, "quality", needed=needed, titles=(name,))


STAND = _section("Where we stand", "where-we-stand")
SUMMARY = _section("Summary on a page", "summary")
AREAS = _section("Judgement areas", "area", needed=True)
PLAN = _section("Improvement plan", "plan")
AUDITS = _section("What audits found and changed", "audits")
REGISTER = _section("Evidence register", "register")
METHOD = _section("Method, licence and integrity", "method", needed=True)
"""Always last: it says what the pack rests on, and prints its hash whole."""

SECTIONS: Mapping[PackKind, tuple[Section, ...]] = {
    PackKind.SELF_EVALUATION: (
        STAND,
        SUMMARY,
        AREAS,
        PLAN,
        AUDITS,
        _section("What children and families say", "voices"),
        _section("What we are not yet sure of", "not-yet-sure"),
        REGISTER,
        METHOD,
    ),
    PackKind.SUMMARY: (
        STAND,
        _section("What we know, how we know it, and what we will do", "summary", needed=True),
        _titled("What needs to improve"),
        _section("Measures to look at first", "scored"),
    ),
    PackKind.IMPROVEMENT_PLAN: (_section("Improvement plan", "plan", needed=True), REGISTER, METHOD),
    PackKind.STATEMENT_OF_ACTION: (
        _section("The inspection and what it asks", "inspection-facts", needed=True),
        _section("Proposed actions", "proposed-actions", needed=True),
        _section("How it is watched", "watching"),
        _section("Signatures", "signatures", needed=True),
        REGISTER,
        METHOD,
    ),
    PackKind.BOARD: (
        _section("What moved", "what-moved", needed=True),
        _section("How far from target", "how-far"),
        _section("Over time", "over-time"),
        REGISTER,
        METHOD,
    ),
    PackKind.EXCEPTIONS: (
        _section("Actions that have got worse or are late", "what-moved", needed=True),
        _section("Measures to look at first", "scored"),
        REGISTER,
        METHOD,
    ),
    PackKind.SCORECARD: (
        _section("How measures stand by area", "standings"),
        _section("Measures by judgement area", "scored", needed=True),
        _section("Who is counted more often, and who less", "differences"),
        REGISTER,
        METHOD,
    ),
    PackKind.QA_QUARTERLY: (
        _titled("What was done, and what it changed", needed=True),
        _titled("The programme of audits"),
        _titled("Grades over time"),
        _titled("Areas and teams"),
        _titled("Domains and themes"),
        _titled("Moderation and agreement"),
        _titled("Findings"),
        _titled("Looked at again"),
        _titled("Practitioners and families"),
        _titled("What changed for children"),
        _titled("What we learned"),
        _titled("What comes next"),
        REGISTER,
        METHOD,
    ),
    PackKind.EVIDENCE_REGISTER: (_section("Evidence by judgement area", "area-register", needed=True), METHOD),
    PackKind.PRACTICE_EXAMPLE: (_section("The practice example", "practice-example", needed=True),),
    PackKind.PEER_CHALLENGE: (
        _section("What we ask peers to test", "not-yet-sure", needed=True),
        STAND,
        AREAS,
        PLAN,
        AUDITS,
        REGISTER,
        METHOD,
    ),
    PackKind.PUBLIC: (
        STAND,
        _titled("What we are doing about it"),
        _titled("What our own audits found"),
        _section("Judgement areas", "quality", "scored", needed=True),
        METHOD,
    ),
}
"""The sections of each kind of which there are profiles; which of them stand where is what ``order_of`` says."""

USUAL_ORDER: Mapping[PackKind, tuple[str, ...]] = {
    PackKind.PUBLIC: (
        "where-we-stand",
        "judgement-areas",
        "what-we-are-doing-about-it",
        "what-our-own-audits-found",
        METHOD.code,
    )
}
"""Where it is not the order in which chapters are told apart."""


def usual(kind: PackKind) -> tuple[str, ...]:
    """The codes of all sections in the order in which a pack of the kind has them."""
    return USUAL_ORDER.get(kind) or tuple(section.code for section in SECTIONS[kind])


def named(kind: PackKind) -> Mapping[str, Section]:
    return {section.code: section for section in SECTIONS[kind]}


def of(kind: PackKind, chapter: Chapter) -> str:
    """The code of the section that a chapter belongs to; empty for an annex that was asked for."""
    return next((section.code for section in SECTIONS[kind] if section.has(chapter)), "")


def moved(order: Sequence[str], code: str, by: int) -> tuple[str, ...]:
    """One section up (−1) or down (1); at an end it stays.

    >>> moved(("a", "b", "c"), "c", -1), moved(("a", "b"), "a", -1)
    (('a', 'c', 'b'), ('a', 'b'))
    """
    found = list(order)
    if code in found and 0 <= (place := found.index(code)) + by < len(found):
        found[place], found[place + by] = found[place + by], found[place]
    return tuple(found)
