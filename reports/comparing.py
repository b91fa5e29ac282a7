"""What was added, dropped and changed from one pack to a later one of its kind, section by section. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from reports.contents import Changes, Chapter, Comparison, Method, PackContents
from reports.parts import Word

NAMES = ("reference", "theme", "label", "head", "name", "area", "caption", "who", "year", "post")
"""The fields by which a part is known again, the surest first."""
TITLES = ("title", "words", "name", "label", "found", "theme", "head", "caption", "area", "short")
"""The fields that say what a part is called."""
DRAWN = frozenset(
    {"series", "series_words", "step", "tone", "travel", "charts", "burn_up", "states", "timeline", "control", "shares"}
    | {"chain", "chart", "chapter", "code", "short", "scale"}
)
"""Fields that only a chart uses, whose words stand elsewhere too, and what a part is known by."""
LONGEST = 600
"""Letters of a text that a table of changes repeats. Our choice: the pack itself has the whole."""
RULE = re.compile(r"\|[|:\s-]+\||-{3,}")
LEADING = re.compile(r"^(?:[-*+]|\d+[.)]|#{1,6}|>)\s+")
EMPHASIS = re.compile(r"(\*\*|[*`])(?=\S)(.+?)(?<=\S)\1")
"""Marks of Markdown: under the head of a table, before a line, about words."""


class How(StrEnum):
    ADDED = "Added"
    DROPPED = "Dropped"
    CHANGED = "Changed"


@dataclass(frozen=True)
class Difference:
    how: How
    what: str
    before: str
    now: str


@dataclass(frozen=True)
class Section:
    title: str
    differences: tuple[Difference, ...]

    def count(self, how: How) -> int:
        return sum(difference.how is how for difference in self.differences)


@dataclass(frozen=True)
class _Thing:
    """One part of a section that can be known again, and the texts that are its own."""

    name: str
    said: tuple[tuple[str, str], ...]


def compared(before: PackContents, now: PackContents) -> Sequence[Section]:
    """The sections in which something differs, in the order of the later pack, those that were dropped last."""
    earlier, later = _sections(before), _sections(now)
    titles = {key: title for key, (title, _) in (earlier | later).items()}
    order = [*later, *(key for key in earlier if key not in later)]
    sections = [
        Section(titles[key], tuple(_differences(earlier.get(key, ("", {}))[1], later.get(key, ("", {}))[1])))
        for key in order
    ]
    return [section for section in sections if section.differences]


def annex(before: PackContents, now: PackContents) -> Changes:
    """The comparison as a chapter of the later pack."""
    sections = compared(before, now)
    return Changes(
        title=f"Changes since {before.reference}",
        lede=f"Compared with {before.reference}, frozen on {_day(before.made_on)}: {in_words(sections)}.",
        comparisons=tuple(
            Comparison(
                caption=section.title,
                columns=("What", "How", "Before", "Now"),
                rows=tuple((each.what, str(each.how), each.before, each.now) for each in section.differences),
            )
            for section in sections
        ),
    )


def with_annex(before: PackContents, now: PackContents) -> PackContents:
    """The later pack with the comparison in it: last but for how it was made."""
    chapters = list(now.chapters)
    place = len(chapters) - 1 if chapters and isinstance(chapters[-1], Method) else len(chapters)
    chapters.insert(place, annex(before, now))
    return _replaced(now, tuple(chapters))


def in_words(sections: Sequence[Section]) -> str:
    """
    >>> in_words([Section("Plan", (Difference(How.ADDED, "A-1", "", "Panel"),))])
    '1 added, none dropped, none changed'
    """
    counts = {how: sum(section.count(how) for section in sections) for how in How}
    return ", ".join(f"{number or 'none'} {how.lower()}" for how, number in counts.items())


def _replaced(contents: PackContents, chapters: tuple[Chapter, ...]) -> PackContents:
    kept = {field.name: getattr(contents, field.name) for field in fields(contents)}
    return PackContents(**kept | {"chapters": chapters})


Things = dict[str, _Thing]


def _sections(contents: PackContents) -> dict[str, tuple[str, Things]]:
    """By what makes a section the same in both packs: its title and its parts."""
    signed = contents.signed_off
    cover = {
        "version": contents.version,
        "marking": contents.marking,
        "prepared for": contents.prepared_for,
        "profile": contents.look.profile if contents.look else "",
        "watermark": contents.watermark,
        "signed off": f"{signed.by}, {_day(signed.on)}" if signed and signed.on else "Not yet",
    }
    found = {"cover": ("Cover", {name: _Thing(name.capitalize(), (("", said),)) for name, said in cover.items()})}
    for chapter in contents.chapters:
        if not isinstance(chapter, Method | Changes):
            key = f"{chapter.chapter} {getattr(chapter, 'code', '') or _own_title(chapter)}"
            found[key] = (chapter.title, _things(chapter))
    return found


def _own_title(chapter: Chapter) -> str:
    """Only sections of which a pack has several are known by their titles: of others a title may change."""
    return chapter.title if chapter.chapter in ("area-register", "scored") else ""


def _things(chapter: Chapter) -> Things:
    gathered: dict[str, tuple[str, list[tuple[str, str]]]] = {"": ("The section itself", [])}
    _walk(chapter, "", gathered, top=True)
    return {key: _Thing(name, tuple(said)) for key, (name, said) in gathered.items()}


def _walk(part: Any, owner: str, gathered: dict[str, tuple[str, list[tuple[str, str]]]], *, top: bool = False) -> None:
    if not top and (key := _key(part, owner)):
        while key in gathered:
            key += "'"
        gathered[key] = (_name(part), [])
        owner = key
    for field in fields(part):
        if field.name not in DRAWN and not (top and field.name == "title"):
            for text, inner in _values(getattr(part, field.name)):
                if inner is not None:
                    _walk(inner, owner, gathered)
                elif text:
                    gathered[owner][1].append((field.name, text))


def _values(value: Any) -> Iterator[tuple[str, Any]]:
    """Texts, and parts that have texts of their own."""
    match value:
        case None | bool():
            return
        case str() | int() | float():
            yield str(value), None
        case date():
            yield _day(value), None
        case Word():
            yield value.text, None
        case tuple():
            for one in value:
                yield from _values(one)
        case _ if is_dataclass(value):
            yield "", value


def _key(part: Any, owner: str) -> str:
    """What a part is known by in its section; empty: it belongs to the part that it stands in."""
    reference = getattr(part, "reference", "")
    if reference:
        return f"{reference} {getattr(part, 'paragraph', '') or ''}".strip()
    values = (getattr(part, name, None) for name in NAMES)
    named = next((str(value) for value in values if isinstance(value, str | int) and value), "")
    return f"{owner} / {type(part).__name__} {named}" if named else ""


def _name(part: Any) -> str:
    title = next((str(value) for name in TITLES if isinstance(value := getattr(part, name, None), str) and value), "")
    return _short(f"{getattr(part, 'reference', '')} {title}".strip()) or type(part).__name__


def _differences(before: Things, now: Things) -> Iterator[Difference]:
    for key, thing in now.items():
        if key not in before:
            if thing.said:
                yield Difference(How.ADDED, thing.name, "", _told(thing.said))
        elif before[key].said != thing.said:
            was, new = _apart(before[key].said, thing.said)
            yield Difference(How.CHANGED, thing.name, _told(was), _told(new))
    for key, thing in before.items():
        if key not in now and thing.said:
            yield Difference(How.DROPPED, thing.name, _told(thing.said), "")


Said = Sequence[tuple[str, str]]


def _apart(before: Said, now: Said) -> tuple[Said, Said]:
    """What only the one says, and what only the other."""
    was, new = [one for one in before if one not in now], [one for one in now if one not in before]
    return (was, new) if was or new else (before, now)


def _told(said: Said) -> str:
    """Its texts one after another."""
    texts = (unmarked(text).rstrip(". ") for _, text in said)
    return _short("; ".join(dict.fromkeys(text for text in texts if text)))


def unmarked(text: str) -> str:
    """Markdown as the words that it stands for, on one line.

    >>> unmarked("**Two** of three.\\n\\n- At once [E-8].\\n\\n| Who | What |\\n|---|:--|\\n| Team | Seen |")
    'Two of three. At once [E-8]. Who: What; Team: Seen'
    """
    told, row_before = "", False
    for line in (line.strip() for line in text.splitlines()):
        if not line or RULE.fullmatch(line):
            continue
        row = line.startswith("|")
        words = ": ".join(filter(None, map(str.strip, line.split("|")))) if row else LEADING.sub("", line)
        told += ("; " if row and row_before else " " if told else "") + words
        row_before = row
    return EMPHASIS.sub(r"\2", told)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
