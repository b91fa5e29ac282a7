"""Pages of board dates, of what has moved between two of them, and of the plan over time."""

from datetime import date
from typing import cast
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.boards import changes_page, choosing, commands, over_time_page, queries, spreadsheet, window
from tracker.boards.forms import AddDatesForm, ExpectInspectionForm, TakeForm
from tracker.boards.models import BoardDate, Snapshot
from tracker.boards.rules import Covers, Repeat
from tracker.boards.snapshot_page import one_page
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.web.spreadsheet import download

bp = Blueprint("boards", __name__, url_prefix="/<authority>/boards")


@bp.get("")
@allowed(Permission.READ_PLAN)
def index() -> ResponseReturnValue:
    """What has moved since the last board date, or between any two snapshots."""
    chosen = choosing.asked(here(), clock.today())
    if chosen is None:
        return render_template("boards/none.html", dates=queries.dates(here()), today=clock.today())
    return render_template("boards/changes.html", page=changes_page.changes(chosen))


@bp.get("/changes.xlsx")
@allowed(Permission.READ_PLAN)
def export() -> ResponseReturnValue:
    """Everything that moved between the two days that the page compares."""
    chosen = choosing.asked(here(), clock.today()) or abort(404)
    days = chosen.comparison
    return download(spreadsheet.written(chosen), f"{here().slug}-plan-changes-{days.then.day}-to-{days.now.day}")


@bp.get("/how-far")
@allowed(Permission.READ_PLAN)
def how_far() -> ResponseReturnValue:
    """How far each item is from its planned finish."""
    chosen = choosing.asked(here(), clock.today())
    if chosen is None:
        return render_template("boards/none.html", dates=queries.dates(here()), today=clock.today())
    return render_template("boards/how_far.html", page=changes_page.how_far(chosen))


@bp.get("/over-time")
@allowed(Permission.READ_PLAN)
def over_time() -> ResponseReturnValue:
    return render_template("boards/over_time.html", page=over_time_page.asked(here(), clock.now(), clock.today()))


@bp.get("/dates")
@allowed(Permission.READ_PLAN)
def dates() -> ResponseReturnValue:
    return _show_dates(TakeForm())


def _show_dates(form: TakeForm) -> ResponseReturnValue:
    return render_template(
        "boards/dates.html", form=form, dates=queries.dates(here()), today=clock.today()
    ), form.status


@bp.route("/dates/new", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def add_dates() -> ResponseReturnValue:
    form = AddDatesForm(repeat=Repeat.ONCE, covers=Covers.WHOLE_PLAN)
    boards = actions.boards(here())
    form.offer(boards)
    added: list[BoardDate] = []
    if form.carries_out(lambda: added.extend(_add_dates(form))):
        flash(f"{added[0].board.name}: {_said(added)} added.", "saved")
        return redirect(url_for(".dates"))
    return render_template("boards/add_dates.html", form=form, boards=boards), form.status


def _add_dates(form: AddDatesForm) -> list[BoardDate]:
    return commands.add_dates(
        actions.board(here(), form.board.data) or abort(404),
        first=cast("date", form.first.data),  # required by the form, as are the next two
        repeat=cast("Repeat", form.repeat.data),
        covers=cast("Covers", form.covers.data),
        by=me(),
        on=clock.today(),
    )


def _said(added: list[BoardDate]) -> str:
    first = f"{added[0].on:%-d %B %Y}"
    return first if len(added) == 1 else f"{len(added)} dates from {first}"


@bp.post("/dates/<uuid:date_id>/remove")
@allowed(Permission.PLAN)
def remove_date(date_id: UUID) -> ResponseReturnValue:
    board_date, form = _board_date(date_id), TakeForm()
    said = f"{board_date.board.name} of {board_date.on:%-d %B %Y} taken off the list."
    if form.carries_out(lambda: commands.remove_date(board_date, by=me())):
        flash(said, "saved")
        return redirect(url_for(".dates"))
    return _show_dates(form)


@bp.post("/dates/<uuid:date_id>/snapshot")
@allowed(Permission.PLAN)
def take(date_id: UUID) -> ResponseReturnValue:
    board_date, form, taken = _board_date(date_id), TakeForm(), list[Snapshot]()
    if form.carries_out(lambda: taken.append(commands.take(board_date, by=me(), at=clock.now()))):
        flash(f"{taken[0].reference} keeps the plan as it is now.", "saved")
        return redirect(url_for(".snapshot", number=taken[0].number))
    return _show_dates(form)


@bp.get("/snapshots/<int:number>")
@allowed(Permission.READ_PLAN)
def snapshot(number: int) -> ResponseReturnValue:
    """The plan as a board date saw it."""
    snapshot = _snapshot(number)
    return render_template(
        "boards/snapshot.html",
        snapshot=snapshot,
        rows=one_page(snapshot),
        before=queries.before(snapshot, queries.snapshots(here())),
        happened=history.of(snapshot),
    )


@bp.get("/snapshots/<int:number>.xlsx")
@allowed(Permission.READ_PLAN)
def export_snapshot(number: int) -> ResponseReturnValue:
    snapshot = _snapshot(number)
    return download(spreadsheet.kept(snapshot), f"{here().slug}-plan-{snapshot.reference}-{snapshot.as_at}")


@bp.route("/next-inspection", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def expect_inspection() -> ResponseReturnValue:
    """Say when inspectors may come, where the authority knows better than the rule."""
    own = window.own(here())
    form = ExpectInspectionForm(obj=own)
    if form.carries_out(
        lambda: commands.expect_inspection(
            here(),
            version=form.version.data or 0,
            opens_on=cast("date", form.opens_on.data),  # required by the form, as is the next
            closes_on=cast("date", form.closes_on.data),
            because=form.because.data or "",
            by=me(),
        )
    ):
        flash("Saved: the pictures of the plan show it from now on.", "saved")
        return redirect(url_for(".over_time"))
    form.stand_on(own.version if own else 0)
    expected = window.expected(here(), clock.today())
    return render_template("boards/next_inspection.html", form=form, expected=expected), form.status


@bp.post("/next-inspection/rule")
@allowed(Permission.PLAN)
def expect_by_rule() -> ResponseReturnValue:
    commands.expect_by_rule(here(), by=me())
    flash("The rule of the framework says again when inspectors may come.", "saved")
    return redirect(url_for(".over_time"))


def _board_date(date_id: UUID) -> BoardDate:
    return queries.board_date(here(), date_id) or abort(404)


def _snapshot(number: int) -> Snapshot:
    return queries.snapshot(here(), number) or abort(404)
