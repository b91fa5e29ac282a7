"""My work, the page of one improvement item, and what difference an action made."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import commands as action_commands
from tracker.actions import queries as actions
from tracker.actions import rules as action_rules
from tracker.actions.forms import UpdateForm
from tracker.actions.models import Action
from tracker.actions.views import BACK_TO_MY_WORK, other_version, save_update, saved
from tracker.evidence import commands as evidence_commands
from tracker.evidence.models import Evidence
from tracker.overview import difference as differences
from tracker.overview import item as items
from tracker.overview import my_work as work
from tracker.overview.forms import DifferenceForm
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.web.fields import Form

bp = Blueprint("overview", __name__, url_prefix="/<authority>")


@bp.get("/")
@allowed(Permission.READ)
def my_work() -> ResponseReturnValue:
    page = work.of_person(here(), me(), g.person.role, clock.today())
    return render_template("overview/my_work.html", page=page, forms=_forms(page))


@bp.post("/my-work/<int:number>")
@allowed(Permission.UPDATE_OWN_WORK)
def update(number: int) -> ResponseReturnValue:
    """An update from My work: saved, she is back there; refused, she is still there with what she typed."""
    action = _action(number)
    form = UpdateForm.of(action, actions.last_said([action]).get(action.id)).distinct(f"a{number}")
    said = save_update(action, form)
    if said is not None:
        flash(saved(action, said, back=BACK_TO_MY_WORK), "saved")
        return redirect(url_for(".my_work"))
    return _refused(action, form), form.status


def _refused(action: Action, form: UpdateForm) -> str:
    """The same page with the refused form open; the action's own page if it is no longer hers to deliver."""
    other = other_version(action, form)
    page = work.of_person(here(), me(), g.person.role, clock.today())
    if action not in [owed.action for owed in page.owed]:
        return render_template("actions/update.html", action=action, form=form, other=other)
    forms = {**_forms(page), action.number: form}
    return render_template("overview/my_work.html", page=page, forms=forms, form=form, at=action.number, other=other)


@bp.get("/items/<int:number>")
@allowed(Permission.READ)
def item(number: int) -> ResponseReturnValue:
    whole = request.args.get("all", "")
    page = items.page(here(), number, clock.today(), whole_history=whole == "history") or abort(404)
    may_close = action_rules.may_close(
        me().id, g.person.role, owner=page.item.owner_id, accountable=page.item.accountable_id
    )
    return render_template(
        "overview/item.html", page=page, item=page.item, whole=whole, few=items.FEW, may_close=may_close
    )


@bp.get("/actions/<int:number>/difference")
@allowed(Permission.READ)
def difference(number: int) -> ResponseReturnValue:
    """What shows that an action made a difference, and where a delivered one's lead says so."""
    action = _action(number)
    page = differences.of_action(action)
    return _difference(action, page, DifferenceForm.of(action, page.could_show))


@bp.post("/actions/<int:number>/difference")
@allowed(Permission.UPDATE_OWN_WORK)
def say_difference(number: int) -> ResponseReturnValue:
    action = _action(number)
    page = differences.of_action(action)
    form = DifferenceForm.of(action, page.could_show)
    if form.carries_out(lambda: _say_difference(action, form, page.could_show)):
        flash(differences.saved(action), "saved")
        return redirect(url_for(".my_work") if action.lead_id == me().id else url_for("actions.show", number=number))
    return _difference(action, page, form)


def _difference(action: Action, page: differences.DifferencePage, form: DifferenceForm) -> ResponseReturnValue:
    may = action_rules.steps(me().id, g.person.role, action.hands, action.status, reference=action.reference)
    return render_template("overview/difference.html", action=action, page=page, form=form, may=may), form.status


def _say_difference(action: Action, form: DifferenceForm, offered: Sequence[Evidence]) -> None:
    chosen = [one for one in offered if str(one.id) in set(form.evidence.data or [])]
    action_commands.require_version(action, form.version.data or 0)
    if chosen:
        evidence_commands.embed(action, evidence=chosen, difference=form.difference.data, by=me(), on=clock.today())
    else:
        action_commands.say_difference(
            action, version=form.version.data or 0, difference=form.difference.data, by=me(), on=clock.today()
        )


def _forms(page: work.MyWork) -> dict[int, Form]:
    """By its number, an empty form for the next step of each action that she owes."""
    delivered = [owed.action for owed in page.owed if owed.asks_difference]
    could_show = differences.could_show(delivered)
    forms: dict[int, Form] = {
        owed.action.number: UpdateForm.blank(owed.action, owed.last) for owed in page.owed if not owed.asks_difference
    }
    forms |= {action.number: DifferenceForm.blank(action, could_show[action.id]) for action in delivered}
    return {number: form.distinct(f"a{number}") for number, form in forms.items()}


def _action(number: int) -> Action:
    return actions.action(here(), number) or abort(404)
