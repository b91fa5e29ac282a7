"""One row after another, carried out through the plan's own commands: what they refuse, the row is refused.

Each row has a savepoint of its own, so a refused one leaves nothing behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracker.actions import commands
from tracker.actions.commands.planning import Particulars
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.actions.sheets.queries import Plan
from tracker.actions.sheets.rules import NAMES, Field, Meanwhile, Verdict
from tracker.actions.sheets.texts import texts
from tracker.actions.sheets.words import Words
from tracker.improvements import commands as improvements
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import Source, title_from
from tracker.people.models import Person
from tracker.platform import child_data, references
from tracker.platform.columns import folded
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.lines import Line, NotThisRow, about
from tracker.platform.previews import Change, Outcome

BROUGHT_IN = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.AWAITING_SIGN_OFF})
"""What a new action can be brought in as, besides not started: nobody's signature comes out of a spreadsheet."""

NOT_A_CHANGE = frozenset({Field.REFERENCE, Field.ITEM, Field.DUE_REASON})
"""Columns that say what a row is about, or why."""


class ChangedMeanwhile(Refused):
    def __init__(self, meanwhile: tuple[Meanwhile, ...]) -> None:
        self.meanwhile = meanwhile
        super().__init__("Somebody changed this here after the file was made. Choose which stands.")


@dataclass
class Rows:
    """Carries rows out in one transaction: the edge commits or rolls back all of them."""

    plan: Plan
    words: Words
    source: Source
    file_name: str
    by: Person
    on: date
    base: Mapping[str, Mapping[str, str]] | None = None
    """What the cells said when the file was downloaded, by number of action; None for somebody's own file."""
    settled: Mapping[str, str] = field(default_factory=dict)

    def verdict(self, line: Line) -> Verdict:
        """Carry one row out, or say why not."""
        action = None
        try:
            with db.session.begin_nested():
                self._require_no_child(line)
                action = self._action(line)
                changes = self._new(line) if action is None else self._changed(line, action)
                db.session.flush()
        except ChangedMeanwhile as refusal:
            return self._refused(line, action, str(refusal), refusal.meanwhile[0].cell, refusal.meanwhile)
        except NotThisRow as refusal:
            return self._refused(line, action, str(refusal), line.cells.get(refusal.column, ""))
        outcome = Outcome.NEW if action is None else Outcome.CHANGED if changes else Outcome.SAME
        return Verdict(line.row, outcome, line.text(Field.TITLE), action.reference if action else "", tuple(changes))

    def _require_no_child(self, line: Line) -> None:
        for column, text in line.texts.items():
            if why_not := child_data.why_not_hidden(text):
                raise NotThisRow(column, why_not)

    def _refused(
        self, line: Line, action: Action | None, reason: str, cell: str, meanwhile: tuple[Meanwhile, ...] = ()
    ) -> Verdict:
        return Verdict(
            row=line.row,
            outcome=Outcome.REFUSED,
            title=child_data.blotted(line.text(Field.TITLE)) or (action.title if action else ""),
            reference=action.reference if action else "",
            reason=reason,
            cell=child_data.blotted(cell),
            meanwhile=meanwhile,
        )

    # Which action and item a row is about

    def _action(self, line: Line) -> Action | None:
        """The action that a row is about: by its reference, else by its words within its item."""
        said = references.parse(line.text(Field.REFERENCE))
        if said is not None:
            found = self.plan.by_number.get(said[1]) if said[0] == Action.prefix else None
            if found is None:
                raise NotThisRow(Field.REFERENCE, f"There is no action {line.text(Field.REFERENCE)} in this plan.")
            return found
        with about(Field.TITLE):
            if not line.text(Field.TITLE):
                raise Refused("Say what will be done.")
        item = self.words.known_item(line.text(Field.ITEM))
        return self.plan.by_title.get((item.id, folded(line.text(Field.TITLE)))) if item else None

    def _item(self, line: Line) -> ImprovementItem:
        """The item that a new action is for; one that is to become new is made with its first action."""
        text = line.text(Field.ITEM)
        found = self.words.known_item(text)
        if found is not None:
            return found
        if not text:
            raise Refused("Say what needs to improve.")
        if not self.words.is_new_item(text):
            raise Refused(f"Nothing open in this plan is called “{text[:80]}”. Say what it means.")
        return improvements.add_item(
            self.plan.authority,
            wording=text,
            title=title_from(text),
            source=self.source,
            raised_on=self.on,
            today=self.on,
        )

    # New

    def _new(self, line: Line) -> list[Change]:
        with about(Field.ITEM):
            item = self._item(line)
        lead, due = self.words.person(line), self.words.day(line, Field.DUE)
        with about(Field.DUE):
            if due is None:
                raise Refused("Give the day it is due.")
        started = self.words.day(line, Field.START)
        with about(Field.TITLE):
            action = commands.add_action(
                item,
                title=line.text(Field.TITLE),
                lead=lead,
                due_on=due,
                starts_on=started,
                success_measure=line.text(Field.SUCCESS),
                by=self.by,
                on=min(self.on, due),  # a plan that is brought in began before today, and some of it is late
                **self._edited(line, action=None),
            )
        self._brought_in_as(line, action)
        self.plan.items_by_wording[folded(line.text(Field.ITEM))] = item
        self.plan.by_title[item.id, folded(action.title)] = action
        return [
            Change(NAMES[column], "", text) for column, text in texts(action).items() if text and column in line.texts
        ]

    def _brought_in_as(self, line: Line, action: Action) -> None:
        status = self.words.status(line) or Status.NOT_STARTED
        if status is Status.NOT_STARTED and not line.text(Field.DONE):
            return
        with about(Field.STATUS):
            if status not in BROUGHT_IN and status is not Status.NOT_STARTED:
                raise Refused(
                    "A new action cannot come in signed off. Bring it in as delivered, then sign it off here."
                )
            commands.update(
                action,
                version=action.version,
                status=status,
                done=line.text(Field.DONE) or f"Brought in from {self.file_name}.",
                difference=line.text(Field.DIFFERENCE),
                by=self.by,
                on=self.on,
            )

    # Changed

    def _changed(self, line: Line, action: Action) -> list[Change]:
        asked = self._asked(line, action)
        before = texts(action)
        edited = self._edited(line, action=action, only=asked)
        with about(Field.TITLE):
            if edited:
                says = replace(_particulars(action), **edited)
                commands.revise(action, version=action.version, says=says, by=self.by)
        self._moved_on(line, action, asked)
        with about(Field.LEAD):
            if Field.LEAD in asked:
                commands.reassign(
                    action,
                    version=action.version,
                    lead=self.words.person(line),
                    reason=f"Given in {self.file_name}",
                    by=self.by,
                )
        after = texts(action) | {one: asked[one] for one in (Field.DONE, Field.DIFFERENCE) if one in asked}
        return [Change(NAMES[one], before[one], after[one]) for one in asked if one is not Field.DUE_REASON]

    def _moved_on(self, line: Line, action: Action, asked: Mapping[Field, str]) -> None:
        """What the row says of progress: one update, or only another date."""
        due = self.words.day(line, Field.DUE) if Field.DUE in asked else None
        if {Field.STATUS, Field.DONE, Field.DIFFERENCE} & set(asked):
            with about(Field.STATUS if Field.STATUS in asked else Field.DONE):
                commands.update(
                    action,
                    version=action.version,
                    status=(self.words.status(line) if Field.STATUS in asked else None) or action.status,
                    done=asked.get(Field.DONE) or f"As in {self.file_name}.",
                    difference=asked.get(Field.DIFFERENCE, ""),
                    due_on=due,
                    due_reason=line.text(Field.DUE_REASON),
                    by=self.by,
                    on=self.on,
                )
        elif due is not None:
            with about(Field.DUE):
                commands.reschedule(
                    action,
                    version=action.version,
                    due_on=due,
                    reason=line.text(Field.DUE_REASON),
                    by=self.by,
                    on=self.on,
                )

    def _asked(self, line: Line, action: Action) -> dict[Field, str]:
        """What the row wants otherwise than it is now; raises ChangedMeanwhile where both sides moved."""
        now, base = texts(action), (self.base or {}).get(str(action.number))
        asked, meanwhile = {}, []
        for key, text in line.texts.items():
            column = Field(key)
            if column in NOT_A_CHANGE or self._says_nothing(column, text, base):
                continue
            if self.words.meant(column, text) == self.words.meant(column, now[column]) or self._said_before(
                column, text, action
            ):
                continue
            if base is not None and folded(base.get(column, "")) != folded(now[column]):
                stands = self.settled.get(line.cells[column])
                if stands is None:
                    meanwhile.append(Meanwhile(column, line.cells[column], base.get(column, ""), now[column], text))
                if stands != "file":
                    continue
            asked[column] = text
        if meanwhile:
            raise ChangedMeanwhile(tuple(meanwhile))
        return asked

    def _says_nothing(self, column: Field, text: str, base: Mapping[str, str] | None) -> bool:
        """Whether a cell was left as it was downloaded; in somebody's own file, whether it is empty."""
        return folded(text) == folded(base.get(column, "")) if base is not None else not text

    def _said_before(self, column: Field, text: str, action: Action) -> bool:
        """A plan that is brought in every month says the same progress again."""
        if column is Field.DONE:
            return any(folded(said.done) == folded(text) for said in action.updates)
        return column is Field.DIFFERENCE and any(folded(said.difference) == folded(text) for said in action.updates)

    def _edited(self, line: Line, *, action: Action | None, only: Mapping[Field, str] | None = None) -> dict[str, Any]:
        """The plain fields that a row gives, as the commands name them."""
        wanted = line.texts if only is None else only
        given: dict[str, Any] = {}
        if action is not None:
            if Field.TITLE in wanted:
                given["title"] = line.text(Field.TITLE)
            if Field.SUCCESS in wanted:
                given["success_measure"] = line.text(Field.SUCCESS)
            if Field.START in wanted:
                given["starts_on"] = self.words.day(line, Field.START)
        if line.text(Field.PRIORITY) and Field.PRIORITY in wanted:
            given["priority"] = self.words.priority(line)
        if Field.PARTNER in wanted:
            given["partner"] = self.words.partner(line)
        if Field.BOARD in wanted:
            given["board"] = self.words.board(line)
        return given


def _particulars(action: Action) -> Particulars:
    """What an action says now, to be changed in part."""
    return Particulars(
        title=action.title,
        success_measure=action.success_measure,
        starts_on=action.starts_on,
        accountable=action.accountable,
        partner=action.partner,
        partner_contact=action.partner_contact,
        priority=action.priority,
        board=action.board,
    )
