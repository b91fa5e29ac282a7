"""What may be cited, by the first letters of its reference or by its words."""

import re
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, String, cast, select

from tracker.audits.blind.rules import Viewer
from tracker.corpus.words import question
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.search import indexing, queries
from tracker.search.models import SearchEntry
from tracker.search.queries import Wanted
from tracker.search.rules import Found

LETTERS: Mapping[Found, str] = {
    Found.EVIDENCE: "E",
    Found.AUDIT: "Q",
    Found.FINDING: "F",
    Found.MEASURE: "M",
    Found.PATHWAY: "W",
    Found.PARAGRAPH: "R",
    Found.INSPECTION: "R",
    Found.ACTION: "A",
    Found.ITEM: "I",
}
REFERENCE = re.compile(r"([A-Za-z])-?(\d{0,9})(?::(\d{0,4}))?")
NUMBERED = re.compile(r"Paragraph (\d+)")
"""How the index calls a paragraph whose number is printed; one without cannot be cited."""
MOST_WORDS = 6


def references(authority: Authority, viewer: Viewer, typed: str, most: int) -> Sequence[str]:
    """References of what answers, best first: by reference, then by letters of the title, then by words of the text."""
    indexing.settle()
    text = " ".join(typed.split())[:80]
    if not text:
        return []
    if by_reference := REFERENCE.fullmatch(text):
        entries = _by_reference(authority, viewer, by_reference, most)
    else:
        entries = [*_by_title(authority, viewer, text, most), *_by_words(authority, viewer, text, most)]
    return list(dict.fromkeys(filter(None, map(_reference, entries))))[:most]


def _by_reference(authority: Authority, viewer: Viewer, typed: re.Match[str], most: int) -> Sequence[SearchEntry]:
    letter, number, paragraph = typed[1].upper(), typed[2], typed[3]
    kinds = [kind for kind, its in LETTERS.items() if its == letter]
    entries = _citable(authority, viewer).where(SearchEntry.kind.in_(kinds))
    if paragraph is not None:
        entries = entries.where(
            SearchEntry.number == int(number or 0), SearchEntry.title.startswith(f"Paragraph {paragraph}")
        )
    elif number:
        entries = entries.where(cast(SearchEntry.number, String).startswith(number))
    newest = entries.order_by(SearchEntry.number.desc() if not number else SearchEntry.number, SearchEntry.kind)
    return db.session.scalars(newest.limit(most)).all()


def _by_title(authority: Authority, viewer: Viewer, text: str, most: int) -> Sequence[SearchEntry]:
    words = [SearchEntry.title.icontains(word, autoescape=True) for word in text.split()[:MOST_WORDS]]
    entries = _citable(authority, viewer).where(*words).order_by(SearchEntry.dated.desc(), SearchEntry.number.desc())
    return db.session.scalars(entries.limit(most)).all()


def _by_words(authority: Authority, viewer: Viewer, text: str, most: int) -> Sequence[SearchEntry]:
    asked = question(text)
    if not asked.wanted:
        return []
    found = queries.things(authority, viewer, Wanted(asked), limit=2 * most)
    return [thing.best for thing in found if thing.best.kind in LETTERS]


def _citable(authority: Authority, viewer: Viewer) -> Select[SearchEntry]:
    return select(SearchEntry).where(
        SearchEntry.authority_id == authority.id,
        SearchEntry.kind.in_(LETTERS),
        SearchEntry.part == 0,
        ~SearchEntry.withdrawn,
        queries.may_find(viewer),
    )


def _reference(entry: SearchEntry) -> str | None:
    if entry.kind is not Found.PARAGRAPH:
        return f"{LETTERS[entry.kind]}-{entry.number}"
    printed = NUMBERED.match(entry.title)
    return f"R-{entry.number}:{printed[1]}" if printed else None
