"""Pages of the improvement plan and of one action."""

from collections.abc import Callable
from datetime import date
from typing import cast
from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.actions import commands, plan_page, queries, rules, spreadsheet
from tracker.actions.forms import AddActionForm, ReasonForm, ReassignForm, RescheduleForm, SignOffForm, UpdateForm
from tracker.actions.models import Action, ActionUpdate
from tracker.improvements.models import ImprovementItem
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.web.spreadsheet import download

bp = Blueprint("actions", __name__, url_prefix="/<authority>")

BACK_TO_MY_WORK = "my-work"
"""Value of ``back``: the person is at work on My work, and returns there."""


@bp.get("/plan")
@allowed(Permission.READ)
def plan() -> ResponseReturnValue:
    return render_template("actions/plan.html", page=plan_page.asked(here(), me(), clock.today()))


@bp.get("/plan.xlsx")
@allowed(Permission.READ)
def export() -> ResponseReturnValue:
    """What the plan shows with the same filters and order, every page of it."""
    today = clock.today()
    content = spreadsheet.written(plan_page.asked_rows(here(), me(), today), today)
    return download(content, f"improvement-plan-{today}")


@bp.get("/actions/<int:number>")
@allowed(Permission.READ)
def show(number: int) -> ResponseReturnValue:
    action = _action(number)
    return render_template(
        "actions/show.html",
        action=action,
        trail=queries.trail(action),
        happened=history.of(action, limit=20),
        may=rules.steps(me().id, g.person.role, action.hands, action.status, reference=action.reference),
        signer=queries.signer(action),
        today=clock.today(),
    )


@bp.route("/items/<int:number>/actions/new", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def add(number: int) -> ResponseReturnValue:
    item = _item(number)
    form = AddActionForm(lead=item.owner_id)
    form.offer(people.colleagues(here()))
    added: list[Action] = []
    if form.carries_out(lambda: added.append(_add(item, form))):
        flash(f"{added[0].reference} added to {item.reference}.", "saved")
        return redirect(url_for(".show", number=added[0].number))
    return render_template("actions/add.html", item=item, form=form), form.status


def _add(item: ImprovementItem, form: AddActionForm) -> Action:
    lead = people.person(form.lead.data)
    return commands.add_action(
        item,
        title=form.title.data,
        lead=lead or abort(404),
        due_on=cast("date", form.due_on.data),  # required by the form
        starts_on=form.starts_on.data,
        success_measure=form.success_measure.data or "",
        by=me(),
        on=clock.today(),
    )


@bp.route("/actions/<int:number>/update", methods=["GET", "POST"])
@allowed(Permission.UPDATE_OWN_WORK)
def update(number: int) -> ResponseReturnValue:
    action = _action(number)
    if request.method == "GET":
        commands.require_updatable(action, by=me())
    form = UpdateForm.of(action, queries.last_said([action]).get(action.id)).distinct(f"a{number}")
    said = save_update(action, form)
    if said is not None:
        flash(saved(action, said, back=""), "saved")
        return redirect(url_for(".show", number=number))
    return render_template(
        "actions/update.html", action=action, form=form, other=other_version(action, form)
    ), form.status


def save_update(action: Action, form: UpdateForm) -> ActionUpdate | None:
    """Carry out a posted update; None if it was not posted or is refused. My work uses it too."""
    said: list[ActionUpdate] = []
    form.carries_out(
        lambda: said.append(
            commands.update(
                action,
                version=form.version.data or 0,
                status=form.now.data,
                done=form.done.data,
                difference=form.difference.data or "",
                due_on=form.due_on.data,
                due_reason=form.due_reason.data or "",
                by=me(),
                on=clock.today(),
            )
        )
    )
    return said[0] if said else None


def other_version(action: Action, form: UpdateForm) -> queries.OtherVersion | None:
    """What somebody else saved since this form was opened; the form is then ready to be saved over it."""
    if not form.is_submitted() or form.version.data == action.version:
        return None
    form.on_version(action.version)
    form.fit(action, queries.last_said([action]).get(action.id))
    return queries.other_version(action)


def saved(action: Action, said: ActionUpdate, *, back: str) -> Markup:
    """What was saved and who has it now, with a button that undoes it."""
    return Markup(  # noqa: S704  # rendered by Jinja, which escapes
        render_template("actions/_saved.html", action=action, said=said, signer=queries.signer(action), back=back)
    )


@bp.route("/actions/<int:number>/sign-off", methods=["GET", "POST"])
@allowed(Permission.SIGN_OFF_ACTIONS)
def sign_off(number: int) -> ResponseReturnValue:
    action, today = _action(number), clock.today()
    if request.method == "GET":
        commands.require_signable(action, by=me())
    form = SignOffForm(version=action.version, difference_due_on=today + rules.DIFFERENCE_DUE)
    signed: list[ActionUpdate] = []
    if form.carries_out(lambda: signed.append(_sign(action, form, today))):
        return _back_to(action, saved(action, signed[0], back=""))
    delivered = queries.last_said([action]).get(action.id)
    return render_template("actions/sign_off.html", action=action, form=form, delivered=delivered), form.status


def _sign(action: Action, form: SignOffForm, today: date) -> ActionUpdate:
    return commands.sign_off(
        action,
        version=form.version.data or 0,
        by=me(),
        on=today,
        note=form.note.data or "",
        difference_due_on=form.difference_due_on.data,
    )


@bp.route("/actions/<int:number>/send-back", methods=["GET", "POST"])
@allowed(Permission.SIGN_OFF_ACTIONS)
def send_back(number: int) -> ResponseReturnValue:
    action, form = _action(number), _reason_form("What is missing?", "Its lead reads this on the action's page.")
    if request.method == "GET":
        commands.require_signable(action, by=me())
    return _step(
        action, form, "Send back",
        lambda: commands.send_back(
            action, version=form.version.data or 0, reason=form.reason.data, by=me(), on=clock.today()
        ),
        done=f"{action.reference} sent back to {action.lead.name}.",
    )  # fmt: skip


@bp.route("/actions/<int:number>/supersede", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def supersede(number: int) -> ResponseReturnValue:
    action = _action(number)
    form = _reason_form(
        "What takes its place, or why is it no longer needed?", "It stays in the history, and leaves every count."
    )
    return _step(
        action, form, "Supersede",
        lambda: commands.supersede(
            action, version=form.version.data or 0, reason=form.reason.data, by=me(), on=clock.today()
        ),
        done=f"{action.reference} superseded.",
    )  # fmt: skip


@bp.route("/actions/<int:number>/due-date", methods=["GET", "POST"])
@allowed(Permission.UPDATE_OWN_WORK)
def reschedule(number: int) -> ResponseReturnValue:
    action = _action(number)
    form = RescheduleForm(version=action.version)
    if form.carries_out(
        lambda: commands.reschedule(
            action,
            version=form.version.data or 0,
            due_on=cast("date", form.due_on.data),  # required by the form
            reason=form.reason.data,
            by=me(),
            on=clock.today(),
        )
    ):
        return _back_to(action, f"{action.reference} is now due on {action.due_on:%-d %B %Y}.")
    return render_template("actions/step.html", action=action, form=form, step="Change the due date"), form.status


@bp.route("/actions/<int:number>/lead", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def reassign(number: int) -> ResponseReturnValue:
    action = _action(number)
    form = ReassignForm(version=action.version)
    form.offer(people.colleagues(here()))
    if form.carries_out(lambda: _reassign(action, form)):
        return _back_to(action, f"{action.lead.name} now leads {action.reference}.")
    return render_template("actions/step.html", action=action, form=form, step="Change the lead"), form.status


def _reassign(action: Action, form: ReassignForm) -> None:
    lead = people.person(form.lead.data)
    commands.reassign(action, version=form.version.data or 0, lead=lead or abort(404), reason=form.reason.data, by=me())


@bp.post("/actions/<int:number>/updates/<uuid:update_id>/take-back")
@allowed(Permission.UPDATE_OWN_WORK)
def take_back(number: int, update_id: UUID) -> ResponseReturnValue:
    action = _action(number)
    said = queries.update_of(action, update_id) or abort(404)
    commands.take_back(action, said=said, by=me(), on=clock.today())
    return _back_to(action, f"Taken back. {action.reference} is {action.delivery.value} again.")


@bp.route("/items/<int:number>/close", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def close_item(number: int) -> ResponseReturnValue:
    item = _item(number)
    form = _reason_form(
        "Why can it be closed, and how do you know?", "Name what shows it: an audit, a measure, a voice."
    )
    if form.carries_out(
        lambda: commands.close_item(
            item, version=form.version.data or 0, reason=form.reason.data, by=me(), on=clock.today()
        )
    ):
        flash(f"{item.reference} closed.", "saved")
        return redirect(url_for("overview.item", number=number))
    form.version.data = form.version.data or item.version
    return render_template("actions/item_step.html", item=item, form=form, step="Close the item"), form.status


@bp.route("/items/<int:number>/reopen", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def reopen_item(number: int) -> ResponseReturnValue:
    item, form = _item(number), _reason_form("Why does it have to be opened again?", "")
    if form.carries_out(
        lambda: commands.reopen_item(item, version=form.version.data or 0, reason=form.reason.data, by=me())
    ):
        flash(f"{item.reference} opened again.", "saved")
        return redirect(url_for("overview.item", number=number))
    form.version.data = form.version.data or item.version
    return render_template("actions/item_step.html", item=item, form=form, step="Open the item again"), form.status


def _step(
    action: Action, form: ReasonForm, step: str, command: Callable[[], object], *, done: str
) -> ResponseReturnValue:
    """A step that needs a reason: ask for it, take it, go back to where the person came from."""
    if form.carries_out(command):
        return _back_to(action, done)
    form.version.data = form.version.data or action.version
    return render_template("actions/step.html", action=action, form=form, step=step), form.status


def _reason_form(label: str, hint: str) -> ReasonForm:
    form = ReasonForm()
    form.ask(label, hint)
    return form


def _back_to(action: Action, message: str) -> ResponseReturnValue:
    flash(message, "saved")
    if request.form.get("back") == BACK_TO_MY_WORK:
        return redirect(url_for("overview.my_work"))
    return redirect(url_for(".show", number=action.number))


def _action(number: int) -> Action:
    return queries.action(here(), number) or abort(404)


def _item(number: int) -> ImprovementItem:
    return queries.item(here(), number) or abort(404)
