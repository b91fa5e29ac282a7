"""One action: its page, what it promises, who leads it, when it is due."""

from datetime import date
from typing import cast
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import commands, leaning, queries, rules
from tracker.actions.commands import Particulars
from tracker.actions.dependencies import queries as dependencies
from tracker.actions.forms import AddActionForm, ParticularsForm, ReasonForm, ReassignForm, RescheduleForm, ReviseForm
from tracker.actions.models import Action
from tracker.actions.rules import Priority
from tracker.actions.views.blueprint import action_or_404, bp, item_or_404, take_step
from tracker.actions.views.progress import rescheduled
from tracker.actions.views.two_versions import Compared
from tracker.improvements.models import ImprovementItem
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import clock, history


@bp.get("/actions/<int:number>")
@allowed(Permission.OPEN_ACTIONS)
def show(number: int) -> ResponseReturnValue:
    action, today = action_or_404(number), clock.today()
    if not g.person.may(Permission.READ_PLAN.name):
        return _shown_to_partner(action, today)
    return render_template(
        "actions/show.html",
        action=action,
        trail=queries.trail(action),
        milestones=queries.milestones(action),
        around=dependencies.around(action, today),
        happened=history.of(action, limit=20),
        may=rules.steps(g.person.standing, action.hands, action.status, reference=action.reference),
        signer=queries.signer(action),
        means=rules.MEANS[action.status],
        in_full=rules.IN_FULL,
        today=today,
        beside=leaning.beside(action, today),
    )


def _shown_to_partner(action: Action, today: date) -> ResponseReturnValue:
    """The same action without what it is tied to: other actions, evidence, measures and the history are not shared."""
    may = rules.steps(g.person.standing, action.hands, action.status, reference=action.reference)
    return render_template(
        "actions/show_to_partner.html",
        action=action,
        trail=queries.trail(action),
        milestones=queries.milestones(action),
        may=may,
        means=rules.MEANS[action.status],
        in_full=rules.IN_FULL,
        today=today,
    )


@bp.route("/items/<int:number>/actions/new", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def add(number: int) -> ResponseReturnValue:
    item = item_or_404(number)
    form = AddActionForm(lead=item.owner_id)
    form.offer(
        people.colleagues(here(), who_may=Permission.UPDATE_OWN_WORK), queries.partners(here()), queries.boards(here())
    )
    added: list[Action] = []
    if form.carries_out(lambda: added.append(_add(item, form))):
        flash(f"{added[0].reference} added to {item.reference}.", "saved")
        return redirect(url_for(".show", number=added[0].number))
    return render_template("actions/add.html", item=item, form=form), form.status


def _add(item: ImprovementItem, form: AddActionForm) -> Action:
    says = _particulars(form)
    return commands.add_action(
        item,
        title=says.title,
        lead=_person(form.lead.data),
        due_on=cast("date", form.due_on.data),  # required by the form
        starts_on=says.starts_on,
        success_measure=says.success_measure,
        accountable=says.accountable,
        partner=says.partner,
        partner_contact=says.partner_contact,
        priority=says.priority,
        board=says.board,
        by=me(),
        on=clock.today(),
    )


@bp.route("/actions/<int:number>/change", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def revise(number: int) -> ResponseReturnValue:
    action = action_or_404(number)
    form = ReviseForm.of(action)
    form.offer(
        people.colleagues(here(), who_may=Permission.UPDATE_OWN_WORK), queries.partners(here()), queries.boards(here())
    )
    return take_step(
        action, form, "Change what it promises",
        lambda: commands.revise(action, version=form.version.data or 0, says=_particulars(form), by=me()),
        done=lambda: f"{action.reference} changed.",
        compared=_compared(action, form),
    )  # fmt: skip


def _compared(action: Action, form: ReviseForm) -> list[Compared]:
    return [
        Compared("What will be done", lambda: action.title, lambda: form.title.data),
        Compared("How we shall know", lambda: action.success_measure, lambda: form.success_measure.data),
        Compared("Priority", lambda: action.priority, lambda: form.priority.data),
        Compared("Start date", lambda: action.starts_on, lambda: form.starts_on.data),
        Compared("Accountable", lambda: _name(action.accountable), lambda: _chosen(form, "accountable")),
        Compared("Partner", lambda: _name(action.partner), lambda: _chosen(form, "partner")),
        Compared("Contact there", lambda: action.partner_contact, lambda: form.partner_contact.data),
        Compared("Board", lambda: _name(action.board), lambda: _chosen(form, "board")),
    ]


def _name(named: object) -> str:
    return getattr(named, "name", "")


def _chosen(form: ParticularsForm, field: str) -> str:
    """The text of what is chosen in a list."""
    return next((choice.label for choice in form[field].choices if choice.value == str(form[field].data)), "")


def _particulars(form: ParticularsForm) -> Particulars:
    partner, board = form.partner.data, form.board.data
    return Particulars(
        title=form.title.data,
        success_measure=form.success_measure.data or "",
        starts_on=form.starts_on.data,
        accountable=_person(form.accountable.data) if form.accountable.data else None,
        partner=(queries.partner(here(), partner) or abort(404)) if partner else None,
        partner_contact=form.partner_contact.data or "",
        priority=form.priority.data or Priority.MEDIUM,
        board=(queries.board(here(), board) or abort(404)) if board else None,
    )


def _person(person_id: UUID) -> Person:
    return people.person(person_id) or abort(404)


@bp.route("/actions/<int:number>/due-date", methods=["GET", "POST"])
@allowed(Permission.UPDATE_OWN_WORK)
def reschedule(number: int) -> ResponseReturnValue:
    action = action_or_404(number)
    form = RescheduleForm(version=action.version)
    return take_step(
        action, form, "Change the due date",
        lambda: commands.reschedule(
            action,
            version=form.version.data or 0,
            due_on=cast("date", form.due_on.data),  # required by the form
            reason=form.reason.data,
            by=me(),
            on=clock.today(),
        ),
        done=lambda: rescheduled(action),
        compared=[Compared("Due date", lambda: action.due_on, lambda: form.due_on.data)],
    )  # fmt: skip


@bp.route("/actions/<int:number>/lead", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def reassign(number: int) -> ResponseReturnValue:
    action = action_or_404(number)
    form = ReassignForm(version=action.version)
    form.offer(people.colleagues(here(), who_may=Permission.UPDATE_OWN_WORK))
    return take_step(
        action, form, "Change the lead",
        lambda: commands.reassign(
            action,
            version=form.version.data or 0,
            lead=_person(form.lead.data),
            reason=form.reason.data,
            by=me(),
        ),
        done=lambda: f"{action.lead.name} now leads {action.reference}.",
        compared=[Compared("Who leads it", lambda: action.lead.name, lambda: _chosen(form, "lead"))],
    )  # fmt: skip


@bp.route("/actions/<int:number>/supersede", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def supersede(number: int) -> ResponseReturnValue:
    action = action_or_404(number)
    form = ReasonForm.asking(
        "What takes its place, or why is it no longer needed?",
        "It stays in the history, and leaves every count.",
        version=action.version,
    )
    return take_step(
        action, form, "Supersede",
        lambda: commands.supersede(
            action, version=form.version.data or 0, reason=form.reason.data, by=me(), on=clock.today()
        ),
        done=lambda: f"{action.reference} superseded.",
        compared=[Compared("Where it is", lambda: action.status, lambda: "Superseded")],
    )  # fmt: skip
