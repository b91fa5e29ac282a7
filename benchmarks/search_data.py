"""Evidence of many authorities, written straight into the tables, and its index built as an operator would build it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from benchmarks import plan_data
from benchmarks.plan_data import TODAY, Row
from tracker.actions.models import Action
from tracker.corpus.words import stems_of
from tracker.evidence import rules
from tracker.evidence.models import Evidence, EvidenceLink
from tracker.evidence.rules import STALE_AFTER_DAYS, Kind, Marking, Strength, VoiceOf
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.improvements.models import ImprovementItem, Mapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.people.models import Authority, Person
from tracker.platform import clock
from tracker.platform.db import db
from tracker.search import indexing
from tracker.search.models import SearchEntry, new_key
from tracker.search.rules import own, own_stems

WORDS = 4_000
"""Words that people write with. The first few are in most texts, the last in one or two, as in any language."""
IN_TITLE, IN_TEXT, IN_PASSAGE = 6, 40, 150
"""Words."""
PASSAGES_OF_A_FILE = 40


@dataclass(frozen=True)
class Size:
    """How much one authority has."""

    evidence: int
    links: int
    passages: int
    plan: plan_data.Size


LARGE = Size(evidence=50_000, links=200_000, passages=20_000, plan=plan_data.Size(300, 3_000, 3_000))
SMALL = Size(evidence=5_000, links=20_000, passages=2_000, plan=plan_data.Size(30, 300, 300))
"""One authority so large, the others a tenth. Our choice."""


def word(place: int) -> str:
    """One of WORDS made-up words of two syllables.

    >>> word(0), word(1), word(3999)
    ('baba', 'babe', 'zemu')
    """
    vowels, consonants = "aeiou", "bdfgklmnprtvz"
    letters = ""
    for _ in range(2):
        place, vowel = divmod(place, len(vowels))
        place, consonant = divmod(place, len(consonants))
        letters = consonants[consonant] + vowels[vowel] + letters
    return letters


ALL_WORDS = [word(place) for place in range(WORDS)]


def fill(slug: str, size: Size, *, seed: int) -> None:
    """Write an authority with people, plan, evidence and its index; the same seed gives the same."""
    plan_data.fill([slug], size.plan, seed=seed)
    _evidence_of(slug, size, Random(seed))  # noqa: S311  # no secret, only variety
    db.session.commit()


def copy(slug: str, others: Iterable[str]) -> None:
    """Give other authorities the same entries of the index, each under its own letters: a page reads nothing else."""
    first = db.session.scalars(select(Authority).where(Authority.slug == slug)).one()
    entries = db.session.execute(select(SearchEntry.__table__).where(SearchEntry.authority_id == first.id)).mappings()
    rows = [dict(row) for row in entries]
    for name in others:
        plan_data.keep_in_memory(plan_data.WHILE_COPYING)
        other = Authority(slug=name, name=name.capitalize())
        db.session.add(other)
        db.session.flush()
        db.session.execute(insert(SearchEntry), [_copied(row, first.id, other.id) for row in rows])
        db.session.commit()
    plan_data.keep_in_memory(plan_data.AS_ALWAYS)
    db.session.commit()


def _copied(row: Row, before: UUID, after: UUID) -> Row:
    thing, root = (UUID(int=row[name].int ^ after.int) for name in ("thing_id", "root_id"))
    stems = {name: row[name].replace(own(before), own(after)) for name in ("title_stems", "stems")}
    keys = {"id": uuid4(), "word_key": new_key(after), "authority_id": after}
    return {**row, **keys, **stems, "thing_id": thing, "root_id": root}


def _evidence_of(slug: str, size: Size, chance: Random) -> None:
    authority = db.session.scalars(select(Authority).where(Authority.slug == slug)).one()
    _confirm_places(authority, chance)
    people = db.session.scalars(select(Person.id).where(Person.email.endswith(f"@{slug}.example.org"))).all()
    rows = list(_evidence(authority.id, people, size, chance))
    plan_data.write(Evidence, rows)
    plan_data.write(EvidenceLink, _links(authority, rows, size, chance))
    for _ in indexing.rebuild(authority):
        db.session.commit()
    _add_passages(authority, rows, size, chance)


def _confirm_places(authority: Authority, chance: Random) -> None:
    """A person has said under which theme each item belongs."""
    items = db.session.scalars(select(ImprovementItem.id).where(ImprovementItem.authority_id == authority.id)).all()
    plan_data.write(
        Mapping,
        (
            {
                "id": plan_data.an_id(chance), "item_id": item, "to": MappedTo.THEME, "code": chance.choice(_themes()),
                "rank": 1, "score": 1.0, "reason": "", "decision": Decision.CONFIRMED, "decided_at": clock.now(),
            }
            for item in items
        ),
    )  # fmt: skip


def _themes() -> list[str]:
    areas = library().current(CHILDRENS_SERVICES, TODAY).judged_areas
    return [theme.code for area in areas for theme in area.themes]


def _said(chance: Random, count: int) -> str:
    """Words as people use them: some nearly always, most hardly ever."""
    return " ".join(ALL_WORDS[min(int(chance.paretovariate(0.7)) - 1, WORDS - 1)] for _ in range(count))


def _evidence(authority: UUID, people: Iterable[UUID], size: Size, chance: Random) -> Iterator[Row]:
    owners = list(people)
    for number in range(1, size.evidence + 1):
        kind, dated = (
            chance.choice([Kind.DATA, Kind.AUDIT, Kind.OBSERVATION, Kind.VOICE]),
            TODAY - timedelta(days=chance.randrange(1_000)),
        )
        stale_on = rules.stale_on(kind, dated, days=STALE_AFTER_DAYS[kind])
        yield {
            "id": plan_data.an_id(chance),
            "authority_id": authority,
            "number": number,
            "version": 1,
            "title": _said(chance, IN_TITLE),
            "kind": kind,
            "dated": dated,
            "shows": _said(chance, IN_TEXT),
            "strength": chance.choice(list(Strength)),
            "origin": "",
            "owner_id": chance.choice(owners),
            "marking": Marking.OFFICIAL,
            "url": "",
            "words": _said(chance, IN_TEXT) if kind is Kind.VOICE else "",
            "voice_of": VoiceOf.PARENT if kind is Kind.VOICE else None,
            "setting": "",
            "consent": "Asked on the day" if kind is Kind.VOICE else "",
            "file_name": "",
            "file_type": "",
            "not_child_data_because": "",
            "withdrawn_because": "",
            "looked_again_because": "",
            "stale_on": stale_on,
            "ask_again_on": stale_on,
        }


def _links(authority: Authority, evidence: list[Row], size: Size, chance: Random) -> Iterator[Row]:
    """To an item, an action, an area and a theme each."""
    items = db.session.scalars(select(ImprovementItem.id).where(ImprovementItem.authority_id == authority.id)).all()
    actions = db.session.scalars(select(Action.id).where(Action.authority_id == authority.id)).all()
    areas = [area.code for area in library().current(CHILDRENS_SERVICES, TODAY).judged_areas]
    choices = (("item_id", items), ("action_id", actions), ("area_code", areas), ("theme_code", _themes()))
    for number in range(size.links):
        column, _ = choices[number // len(evidence) % len(choices)]
        yield {
            "id": plan_data.an_id(chance),
            "authority_id": authority.id,
            "evidence_id": evidence[number % len(evidence)]["id"],
            "shows_there": "",
            "shows_difference": False,
            "added_at": clock.now(),
            **{name: chance.choice(values) if name == column else None for name, values in choices},
        }


def _add_passages(authority: Authority, evidence: list[Row], size: Size, chance: Random) -> None:
    """As the index holds them: forty pages of each of some files."""
    wanted = [row["id"] for row in evidence[: size.passages // PASSAGES_OF_A_FILE]]
    first = db.session.execute(select(SearchEntry.__table__).where(SearchEntry.thing_id.in_(wanted))).mappings().all()
    for entry in first:
        passages = []
        for part in range(1, PASSAGES_OF_A_FILE + 1):
            text = _said(chance, IN_PASSAGE)
            passages.append(
                {
                    **entry, "id": plan_data.an_id(chance), "word_key": new_key(authority.id), "part": part,
                    "place": f"page {part}", "text": text, "stems": own_stems(authority.id, stems_of(text)),
                }
            )  # fmt: skip
        db.session.execute(insert(SearchEntry), passages)
