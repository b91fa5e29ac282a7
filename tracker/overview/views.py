"""My work, the page of one improvement item, and what difference an action made."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.actions import commands as action_commands
from tracker.actions import queries as actions
from tracker.actions import rules as action_rules
from tracker.actions.forms import UpdateForm
from tracker.actions.models import Action
from tracker.actions.plan_page import asked_number
from tracker.actions.views import (
    BACK_TO_MY_WORK,
    TwoVersions,
    action_or_404,
    save_update,
    saved,
    two_versions_of_difference,
    two_versions_of_update,
    update_form,
)
from tracker.audits.chains import pictures as chains
from tracker.audits.chains import queries as chain_queries
from tracker.overview import difference as differences
from tracker.overview import item as items
from tracker.overview import my_work as work
from tracker.overview import several as several_at_once
from tracker.overview.forms import DifferenceForm, LineForm
from tracker.overview.several import Each
from tracker.people.guards import allowed, here, leads_on, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.platform.lists import listed
from tracker.web.fields import Form
from tracker.web.filters import short_day

bp = Blueprint("overview", __name__, url_prefix="/<authority>")

LINE = re.compile(r"a([1-9]\d{0,8})-version")
"""The field that says that a form holds a line for an action."""


@bp.get("/")
@leads_on
@allowed(Permission.SEE_OWN_WORK)
def my_work() -> ResponseReturnValue:
    page = _my_work()
    return render_template("overview/my_work.html", page=page, opened=_asked_form(page))


@bp.post("/my-work/<int:number>")
@allowed(Permission.UPDATE_OWN_WORK)
def update(number: int) -> ResponseReturnValue:
    """An update from My work: saved, she is back there; refused, she is still there with what she typed."""
    action = _action(number)
    form = update_form(action)
    said = save_update(action, form)
    if said is not None:
        flash(saved(action, said, back=BACK_TO_MY_WORK), "saved")
        return redirect(url_for(".my_work"))
    return _refused(action, form), form.status


def _refused(action: Action, form: UpdateForm) -> str:
    """The same page with the refused form open; the action's own page if its line is not there."""
    other = two_versions_of_update(action, form)
    page = _my_work()
    if action not in [line.action for line in page.lines.rows if not line.asks_difference]:
        return render_template("actions/update.html", action=action, form=form, other=other)
    opened = Opened(action.number, form, other)
    return render_template("overview/my_work.html", page=page, opened=opened, form=form)


@dataclass(frozen=True)
class Opened:
    """The one form that is open on My work, by the number of its action."""

    number: int
    form: Form
    other: TwoVersions | None = None


def _my_work() -> work.MyWork:
    return work.of_person(here(), me(), g.person.standing, clock.now(), page=asked_number())


def _asked_form(page: work.MyWork) -> Opened | None:
    """The empty form for the next step of the action that the address names by ``at``."""
    at = request.args.get("at", 0, type=int)
    line = next((line for line in page.lines.rows if line.action.number == at), None)
    if line is None:
        return None
    form: Form
    if line.asks_difference:
        form = _difference_form(line.action)
    else:
        form = UpdateForm.of(line.action, line.last, [line.milestone] if line.milestone else [])
    return Opened(at, form.distinct(f"a{at}"))


def _difference_form(action: Action) -> DifferenceForm:
    measures = differences.could_show_by([action], clock.today()).get(action.id, ())
    return DifferenceForm.of(action, differences.could_show([action])[action.id], measures)


@bp.route("/my-work/several", methods=["GET", "POST"])
@allowed(Permission.UPDATE_OWN_WORK)
def several() -> ResponseReturnValue:
    """The actions of one page of My work, each as one line, saved together."""
    page, _ = work.owed_lines(here(), me(), clock.today(), asked_number())
    if request.method == "GET":
        lines = [
            Each(line.action, LineForm.of(line.action), line.due) for line in page.rows if not line.asks_difference
        ]
        return render_template("overview/several.html", lines=lines, page=page, faults=[], saved="", before=[])
    lines, before = _posted_lines(), [one.saved for one in _named("said")]
    several_at_once.save(lines, by=me(), on=clock.today())
    if several_at_once.nothing_said(lines):
        flash("Nothing was said about any action, so nothing is saved.", "refused")
        return redirect(url_for(".several", page=page.number))
    told = several_at_once.sentence(lines) if any(each.said for each in lines) else ""
    undoable = several_at_once.just_saved(lines, before)
    if several_at_once.all_saved(lines):
        flash(_to_undo(told, undoable), "saved")
        return redirect(url_for(".my_work"))
    faults = several_at_once.faults(lines)
    return render_template(
        "overview/several.html", lines=lines, page=page, faults=faults, saved=told, before=undoable
    ), 200 if told else 422


@bp.post("/my-work/several/take-back")
@allowed(Permission.UPDATE_OWN_WORK)
def take_several_back() -> ResponseReturnValue:
    """Undo one of the updates that were just saved together, or all of them."""
    every = _named("said")
    undone, refused = several_at_once.take_back(_named("only") or every, by=me(), on=clock.today())
    if undone:
        are = listed([f"{one.action.reference} is {one.action.delivery.value} again" for one in undone])
        gone = {one.saved for one in undone}
        flash(_to_undo(f"Taken back. {are}.", [one.saved for one in every if one.saved not in gone]), "saved")
    for sentence in refused:
        flash(sentence, "refused")
    return redirect(url_for(".my_work"))


def _named(field: str) -> Sequence[several_at_once.Named]:
    return several_at_once.named(here(), g.person.standing, request.form.getlist(field)[: work.PER_PAGE])


def _to_undo(told: str, updates: Sequence[several_at_once.Saved]) -> Markup:
    """What was done, with a button for each update that can be undone and one for all of them."""
    return Markup(  # noqa: S704  # rendered by Jinja, which escapes
        render_template("overview/_several_saved.html", told=told, updates=updates)
    )


def _posted_lines() -> list[Each]:
    """A line for every action that the form holds, in its order; what is not here is left out."""
    numbers = [int(found[1]) for name in request.form if (found := LINE.fullmatch(name))]
    named = actions.actions_numbered(here(), numbers[: work.PER_PAGE])
    there = {at: one for at, one in named.items() if action_rules.may_see(g.person.standing, one.hands)}
    return [
        Each(there[number], LineForm.of(there[number]), f"Due {short_day(there[number].due_on)}")
        for number in numbers
        if number in there
    ]


@bp.get("/items/<int:number>")
@allowed(Permission.OPEN_ACTIONS)
def item(number: int) -> ResponseReturnValue:
    if not g.person.may(Permission.READ_PLAN.name):
        return _item_for_partner(number)
    whole = request.args.get("all", "")
    page = items.page(here(), number, clock.today(), viewer=g.person, whole_history=whole == "history") or abort(404)
    may_close = action_rules.may_close(
        g.person.standing, owner=page.item.owner_id, accountable=page.item.accountable_id
    )
    way = chains.chain(chain_queries.of_item(page.item), viewer=g.person)
    return render_template(
        "overview/item.html",
        page=page,
        item=page.item,
        whole=whole,
        few=items.FEW,
        may_close=may_close,
        way=way,
        drawn_way=chains.drawn(way),
    )


def _item_for_partner(number: int) -> ResponseReturnValue:
    """What needs to improve, and the actions for it that are hers to know of; not found while there is none."""
    item = actions.item(here(), number) or abort(404)
    shared = actions.shared_of_item(item, g.person.standing) or abort(404)
    return render_template("overview/item_for_partner.html", item=item, actions=shared, today=clock.today())


@bp.get("/actions/<int:number>/difference")
@allowed(Permission.READ_PLAN)
def difference(number: int) -> ResponseReturnValue:
    """What shows that an action made a difference, and where a delivered one's lead says so."""
    action = _action(number)
    page = differences.of_action(action, g.person, clock.today())
    return _difference(action, page, DifferenceForm.of(action, page.could_show, page.could_show_by))


@bp.post("/actions/<int:number>/difference")
@allowed(Permission.SHOW_DIFFERENCE)
def say_difference(number: int) -> ResponseReturnValue:
    action = _action(number)
    page = differences.of_action(action, g.person, clock.today())
    form = DifferenceForm.of(action, page.could_show, page.could_show_by)
    if not _not_owed(action, form) and form.carries_out(lambda: _say_difference(action, form, page)):
        flash(differences.saved(action), "saved")
        return redirect(url_for(".my_work") if action.lead_id == me().id else url_for("actions.show", number=number))
    return _difference(action, page, form)


def _difference(action: Action, page: differences.DifferencePage, form: DifferenceForm) -> ResponseReturnValue:
    may = action_rules.steps(g.person.standing, action.hands, action.status, reference=action.reference)
    other = two_versions_of_difference(action, form)
    return render_template(
        "overview/difference.html", action=action, page=page, form=form, may=may, other=other
    ), form.status


def _not_owed(action: Action, form: DifferenceForm) -> bool:
    """Where no difference can be said there is no answer to find fault with."""
    try:
        action_commands.require_difference_owed(action, by=me())
    except Refused as refused:
        form.refuse(refused)
        return True
    return False


def _say_difference(action: Action, form: DifferenceForm, page: differences.DifferencePage) -> None:
    pieces = [one for one in page.could_show if str(one.id) in set(form.evidence.data or [])]
    ticked = set(form.measures.data or [])
    success = [one.success for one in page.could_show_by if str(one.success.id) in ticked]
    action_commands.require_version(action, form.version.data or 0)
    if pieces or success:
        differences.embed(
            action, pieces=pieces, success=success, difference=form.difference.data, by=me(), on=clock.today()
        )
    else:
        action_commands.say_difference(
            action, version=form.version.data or 0, difference=form.difference.data, by=me(), on=clock.today()
        )


def _action(number: int) -> Action:
    return action_or_404(number)
