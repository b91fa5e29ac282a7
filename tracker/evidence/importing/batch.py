"""A manifest and its files carried out row by row, through the commands that a single upload goes through.

Each row has a savepoint of its own, so a refused one leaves nothing behind; the edge commits all rows or none.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from tracker.evidence import commands as evidence
from tracker.evidence.commands import LABELS, NEEDED_OF_A_VOICE, Description
from tracker.evidence.files.commands import KeptFile
from tracker.evidence.importing import queries, rules
from tracker.evidence.importing.files import Gone, Names, doubled
from tracker.evidence.importing.queries import Known
from tracker.evidence.importing.rules import Field, LookedThrough, Outcome, Said, Verdict
from tracker.evidence.models import Evidence
from tracker.evidence.rules import LONGEST_LINE, LONGEST_TEXT, Kind
from tracker.people.models import Authority, Person
from tracker.platform import child_data, jobs, references
from tracker.platform.child_data import LooksLikeChildData
from tracker.platform.columns import folded
from tracker.platform.days import read_day
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.lines import Line, NotThisRow, about

FIELD_OF_LABEL = {LABELS[field.value]: field for field in Field if field.value in LABELS}


AT_ONCE = 20
"""Rows that are looked at in one go. Our choice: well under a second."""


@dataclass(frozen=True)
class Batch:
    """The rows of a manifest, and who brings them in."""

    authority: Authority
    lines: Sequence[Line]
    names: Names
    by: Person
    on: date

    @property
    def wanted(self) -> list[str]:
        """The files that rows ask for and that are there, each once, in the order of the rows."""
        return list(dict.fromkeys(name for line in self.lines if (name := self.name_of(line)) is not None))

    def look(self, gone: Gone) -> LookedThrough:
        """Carry every row out and take it all back: what is shown is what the commands say, not a guess.

        A few rows at a time, so that others can save meanwhile.
        """
        rows, verdicts = _Rows(self, gone), []
        for start in range(0, len(self.lines), AT_ONCE):
            with db.session.begin_nested() as tried:
                verdicts += [rows.verdict(line) for line in self.lines[start : start + AT_ONCE]]
                tried.rollback()
            jobs.let_others_write()
        return self._looked(verdicts)

    def carry_out(self, gone: Gone) -> LookedThrough:
        """Every row in turn. The caller rolls back when one is refused that may not be."""
        rows = _Rows(self, gone)
        return self._looked([rows.verdict(line) for line in self.lines])

    def _looked(self, verdicts: Sequence[Verdict]) -> LookedThrough:
        asked = [line.text(Field.FILE) for line in self.lines if line.text(Field.FILE)]
        return LookedThrough(tuple(verdicts), self.names.without_row(asked))

    def name_of(self, line: Line) -> str | None:
        """The file that a row asks for, by its name in the source."""
        written = line.text(Field.FILE)
        return self.names.find(written) if written else None


class _Rows:
    """What rows are looked up in, read once for all of them."""

    def __init__(self, batch: Batch, gone: Gone) -> None:
        self.batch, self.gone, self.known = batch, gone, Known(batch.authority)
        self._doubled = doubled(batch.name_of(line) for line in batch.lines)
        self._with_content = dict(queries.with_content(batch.authority, {one.sha256 for one in gone.kept.values()}))
        self._without_file = dict(
            queries.without_file(batch.authority, {line.text(Field.TITLE) for line in batch.lines})
        )

    def verdict(self, line: Line) -> Verdict:
        """Carry one row out, or say why not."""
        title, file = child_data.blotted(line.text(Field.TITLE)), child_data.blotted(line.text(Field.FILE))
        try:
            with db.session.begin_nested():
                same = self._added_or_same(line)
        except NotThisRow as refusal:
            cell = line.cells.get(refusal.column, "")
            return Verdict(line.row, Outcome.REFUSED, title, file, child_data.blotted(str(refusal)), cell)
        return Verdict(line.row, Outcome.SAME if same else Outcome.TAKEN, title, file, same)

    def _added_or_same(self, line: Line) -> str:
        """Add what the row says; why not, where it is there already."""
        kept, kind = self._kept(line), self._kind(line)
        says = self._says(line, kind)
        same = self._same(kind, says, kept)
        if not same:
            with _about_what_is_found(kind):
                added = evidence.add_with_kept_file(
                    self.batch.authority, kind=kind, says=says, kept=kept, by=self.batch.by, on=self.batch.on
                )
            self._link(added, line)
            self._remember(kind, says, kept, line.row)
        return same

    def _kept(self, line: Line) -> KeptFile | None:
        written, name = line.text(Field.FILE), self.batch.name_of(line)
        if not written:
            return None
        with about(Field.FILE):
            if name is None:
                raise Refused(f"There is no file “{written[:120]}”, or several of that name in different folders.")
            if name in self._doubled:
                raise Refused("More than one row asks for this file. Leave it in one of them.")
            if name in self.gone.refused:
                raise Refused(self.gone.refused[name])
        return self.gone.kept[name]

    def _kind(self, line: Line) -> Kind:
        with about(Field.KIND):
            kind = rules.kind_meant(
                line.text(Field.KIND), has_file=bool(line.text(Field.FILE)), has_url=bool(line.text(Field.URL))
            )
            if kind is Kind.PRACTICE_EXAMPLE:
                raise Refused("A practice example says more than a row can. Add it on its own page.")
        with about(Field.FILE):
            if kind is Kind.FILE and not line.text(Field.FILE):
                raise Refused("Say which file it is.")
        return kind

    def _says(self, line: Line, kind: Kind) -> Description:
        _require_said(line, kind)
        dated = _day(line, Field.DATED, self.batch.on)
        with about(Field.DATED):
            if dated is None:
                raise Refused("Give the day it speaks of, such as 12 November 2026.")
        with about(Field.STRENGTH):
            strength = rules.strength_meant(line.text(Field.STRENGTH))
        with about(Field.MARKING):
            marking = rules.marking_meant(line.text(Field.MARKING))
        with about(Field.VOICE_OF):
            voice_of = rules.voice_meant(line.text(Field.VOICE_OF))
        return Description(
            title=line.text(Field.TITLE),
            shows=line.text(Field.SHOWS),
            dated=dated,
            strength=strength,
            marking=marking,
            voice_of=voice_of,
            owner=self._owner(line),
            period_from=_day(line, Field.PERIOD_FROM, self.batch.on),
            period_to=_day(line, Field.PERIOD_TO, self.batch.on),
            origin=line.text(Field.ORIGIN),
            url=line.text(Field.URL),
            words=line.text(Field.WORDS),
            setting=line.text(Field.SETTING),
            consent=line.text(Field.CONSENT),
            not_child_data_because=line.text(Field.NOT_CHILD_DATA),
        )

    def _owner(self, line: Line) -> Person | None:
        written = line.text(Field.OWNER)
        with about(Field.OWNER):
            if written and written.lower() not in self.known.colleagues:
                raise Refused(f"No colleague here has the e-mail address “{written[:80]}”.")
        return self.known.colleagues[written.lower()] if written else None

    def _same(self, kind: Kind, says: Description, kept: KeptFile | None) -> str:
        """Where it is already, as a sentence; empty where it is not."""
        if kept is not None:
            there = self._with_content.get(kept.sha256, "")
            return f"{there} has the same file." if there else ""
        there = self._without_file.get((kind, says.title, says.dated), "")
        return f"{there} is of the same kind, title and day." if there else ""

    def _remember(self, kind: Kind, says: Description, kept: KeptFile | None, row: int) -> None:
        if kept is not None:
            self._with_content[kept.sha256] = f"Row {row}"
        else:
            self._without_file[kind, says.title, says.dated] = f"Row {row}"

    def _link(self, added: Evidence, line: Line) -> None:
        with about(Field.LINKS):
            for said in rules.speaks_for(line.text(Field.LINKS), line.text(Field.SHOWS_THERE), self.known.places):
                self._link_to(added, said)

    def _link_to(self, added: Evidence, said: Said) -> None:
        there, key = said.shows_there, folded(said.name)
        found = references.parse(said.name)
        if found is not None and found[0] == "I" and (item := self.known.item(found[1])):
            evidence.link_to_item(added, item=item, shows_there=there)
        elif found is not None and found[0] == "A" and (action := self.known.action(found[1])):
            evidence.link_to_action(added, action=action, shows_there=there)
        elif key in self.known.themes:
            evidence.link_to_theme(added, theme_code=self.known.themes[key], shows_there=there)
        elif key in self.known.areas:
            evidence.link_to_area(added, area_code=self.known.areas[key], shows_there=there)
        else:
            raise Refused(f"“{said.name[:80]}” is no item, action, area or theme here. Write I-9, A-104 or HP11.")


def _require_said(line: Line, kind: Kind) -> None:
    """What the commands would refuse, found here first so that the refusal names its cell."""
    needed = {Field.TITLE: "Enter a title.", Field.SHOWS: "Say what it shows, in a sentence."}
    if kind is Kind.VOICE:
        needed |= {Field(name): sentence for name, sentence in NEEDED_OF_A_VOICE.items()}
    if kind is Kind.LINK:
        needed |= {Field.URL: "Enter the address of the page, starting with https://"}
    for field, sentence in needed.items():
        if not line.text(field):
            raise NotThisRow(field, sentence)
    for field in Field:
        longest = LONGEST_TEXT if field in rules.TEXTS else LONGEST_LINE
        if len(line.text(field)) > longest:
            raise NotThisRow(field, f"Use {longest:,} characters or fewer.")


def _day(line: Line, field: Field, on: date) -> date | None:
    written = line.text(field)
    day = read_day(written) if written else None
    with about(field):
        if written and day is None:
            raise Refused(f"“{written[:80]}” is not a day. Write it like 12 November 2026.")
        if day is not None and day > on:
            raise Refused("This day is in the future. Give today or an earlier day.")
    return day


@contextmanager
def _about_what_is_found(kind: Kind) -> Iterator[None]:
    """A refusal by the commands, about the column it can be put right in."""
    try:
        yield
    except LooksLikeChildData as refusal:
        column = FIELD_OF_LABEL.get(refusal.found[0].place, Field.TITLE)
        raise NotThisRow(
            column, f"{refusal.found[0].sentence} Take it out, or say why it cannot lead to a child."
        ) from None
    except Refused as refusal:
        column = {Kind.LINK: Field.URL}.get(kind, Field.PERIOD_TO)
        raise NotThisRow(column, str(refusal)) from refusal
