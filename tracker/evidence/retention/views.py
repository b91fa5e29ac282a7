"""How long evidence is kept, what is held, disposal lists and the disposal log."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence import leaning
from tracker.evidence import queries as evidence_queries
from tracker.evidence.leaning import Leaning
from tracker.evidence.models import Evidence
from tracker.evidence.retention import commands, queries, rules, spreadsheet
from tracker.evidence.retention.forms import HoldForm, KeepForm, LiftForm, SendBackForm, YearsForm
from tracker.evidence.retention.models import DisposalLine, DisposalList, LegalHold
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.web.paging import page_of
from tracker.web.spreadsheet import download

bp = Blueprint("evidence_retention", __name__, url_prefix="/<authority>/evidence/retention")


@bp.get("")
@allowed(Permission.READ_EVIDENCE)
def index() -> ResponseReturnValue:
    kept, today = queries.kept_for(here()), clock.today()
    lists = queries.lists(here())
    return render_template(
        "evidence/retention/index.html",
        kept=kept,
        years=queries.years(kept),
        due=queries.count_due(here(), kept, today) if kept else None,
        holds=[held for held in queries.holds(here()) if held.lifted_on is None],
        lists=lists,
        open_list=next((each for each in lists if each.state in rules.OPEN), None),
        today=today,
    )


@bp.route("/years", methods=["GET", "POST"])
@allowed(Permission.KEEP_RECORDS)
def years() -> ResponseReturnValue:
    kept, form = queries.kept_for(here()), YearsForm()
    if request.method == "GET":
        form.start(queries.years(kept), kept.version if kept else 0)
    if form.carries_out(
        lambda: commands.decide_years(
            here(),
            version=form.version.data or 0,
            years=form.numbers,
            because=form["because"].data or "",
            by=me(),
            on=clock.today(),
        )
    ):
        return _to_index("Confirmed. What has been kept as long as that can be put on a list.")
    happened = history.of(kept, limit=20) if kept else []
    return render_template("evidence/retention/years.html", form=form, kept=kept, happened=happened), form.status


@bp.route("/holds", methods=["GET", "POST"])
@allowed(Permission.KEEP_RECORDS)
def holds() -> ResponseReturnValue:
    form = HoldForm()
    if request.method == "GET":
        form.evidence.data = request.args.get("evidence", type=int)
    if form.carries_out(lambda: _hold(form)):
        flash("Held. Nothing of it is disposed of until somebody lifts the hold.", "saved")
        return redirect(url_for(".holds"))
    return render_template("evidence/retention/holds.html", form=form, holds=queries.holds(here())), form.status


def _hold(form: HoldForm) -> None:
    number = form.evidence.data
    evidence = evidence_queries.evidence(here(), number) if number is not None else None
    if number is not None and evidence is None:
        raise Refused(f"There is no evidence E-{number} here.")
    commands.hold(here(), evidence=evidence, reason=form.reason.data or "", by=me(), on=clock.today())


@bp.route("/holds/<uuid:hold_id>/lift", methods=["GET", "POST"])
@allowed(Permission.KEEP_RECORDS)
def lift(hold_id: UUID) -> ResponseReturnValue:
    held: LegalHold = queries.hold(here(), hold_id) or abort(404)
    form = LiftForm()
    if form.carries_out(lambda: commands.lift(held, because=form.because.data or "", by=me(), on=clock.today())):
        flash("The hold was lifted.", "saved")
        return redirect(url_for(".holds"))
    return render_template("evidence/retention/lift.html", form=form, held=held), form.status


@bp.post("/lists")
@allowed(Permission.KEEP_RECORDS)
def draw_up() -> ResponseReturnValue:
    listed = commands.draw_up(here(), by=me(), on=clock.today())
    flash(f"{listed.reference} drawn up. Look at each row before you ask for approval.", "saved")
    return redirect(url_for(".show_list", number=listed.number))


@bp.get("/lists/<int:number>")
@allowed(Permission.READ_EVIDENCE)
def show_list(number: int) -> ResponseReturnValue:
    return _page(_list(number))


@bp.route("/lists/<int:number>/rows/<uuid:line_id>/keep", methods=["GET", "POST"])
@allowed(Permission.KEEP_RECORDS)
def keep(number: int, line_id: UUID) -> ResponseReturnValue:
    line, form = _line(number, line_id), KeepForm()
    if form.carries_out(
        lambda: commands.keep(line, until=_day(form), because=form.because.data or "", on=clock.today())
    ):
        return _to_list(number, f"{line.evidence.reference} is kept.")
    return render_template("evidence/retention/keep.html", form=form, line=line), form.status


@bp.post("/lists/<int:number>/rows/<uuid:line_id>/put-back")
@allowed(Permission.KEEP_RECORDS)
def put_back(number: int, line_id: UUID) -> ResponseReturnValue:
    line = _line(number, line_id)
    commands.put_back(line)
    return _to_list(number, f"{line.evidence.reference} is on the list again.")


@bp.post("/lists/<int:number>/send")
@allowed(Permission.KEEP_RECORDS)
def send(number: int) -> ResponseReturnValue:
    listed = _list(number)
    commands.send(listed, version=_version(), by=me(), on=clock.today())
    return _to_list(number, f"{listed.reference} waits for a colleague to approve it.")


@bp.post("/lists/<int:number>/give-up")
@allowed(Permission.KEEP_RECORDS)
def give_up(number: int) -> ResponseReturnValue:
    listed = _list(number)
    commands.give_up(listed, version=_version())
    return _to_list(number, f"{listed.reference} was given up. Nothing was disposed of.")


@bp.post("/lists/<int:number>/send-back")
@allowed(Permission.APPROVE_DISPOSAL)
def send_back(number: int) -> ResponseReturnValue:
    listed, form = _list(number), SendBackForm()
    if form.carries_out(
        lambda: commands.send_back(listed, version=form.version.data or 0, because=form.because.data or "")
    ):
        return _to_list(number, f"{listed.reference} is looked through again.")
    return _page(listed, form), 422


@bp.post("/lists/<int:number>/approve")
@allowed(Permission.APPROVE_DISPOSAL)
def approve(number: int) -> ResponseReturnValue:
    listed = _list(number)
    going, staying = commands.approve(
        listed, version=_version(), cited_in=_cited_in(queries.lines(listed)), by=me(), on=clock.today()
    )
    stays = f" {staying} stay, held or looked at again since." if staying else ""
    return _to_list(number, f"{going} pieces of evidence were disposed of.{stays}")


@bp.get("/log")
@allowed(Permission.READ_EVIDENCE)
def log() -> ResponseReturnValue:
    return render_template("evidence/retention/log.html", rows=page_of(db.session(), queries.log(here())))


@bp.get("/log.xlsx")
@allowed(Permission.READ_EVIDENCE)
def export_log() -> Response:
    rows = db.session.scalars(queries.log(here()))
    return download(spreadsheet.written(rows), f"disposal-log-{clock.today()}")


def _page(listed: DisposalList, form: SendBackForm | None = None) -> str:
    lines = queries.lines(listed)
    asked = form or SendBackForm(formdata=None)
    asked.version.data = asked.version.data or listed.version
    return render_template(
        "evidence/retention/list.html",
        listed=listed,
        going=[line for line in lines if line.kept_until is None],
        kept=[line for line in lines if line.kept_until is not None],
        resting=_resting(lines),
        years=queries.years(queries.kept_for(here())),
        due_on=_due_on,
        mine=listed.sent_by_id == me().id,
        form=asked,
        happened=history.of(listed, limit=20),
    )


def _resting(lines: Sequence[DisposalLine]) -> Mapping[str, Sequence[Leaning]]:
    return leaning.on(here(), [line.evidence.reference for line in lines])


def _cited_in(lines: Sequence[DisposalLine]) -> Mapping[str, str]:
    return {
        reference: ", ".join(dict.fromkeys(each.reference for each in found))
        for reference, found in _resting(lines).items()
    }


def _due_on(evidence: Evidence, years: int) -> Any:
    return rules.due_on(
        evidence.dated, evidence.period_to, evidence.looked_again_on, evidence.withdrawn_on, years=years
    )


def _list(number: int) -> DisposalList:
    return queries.disposal_list(here(), number) or abort(404)


def _line(number: int, line_id: UUID) -> DisposalLine:
    return queries.line(_list(number), line_id) or abort(404)


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _day(form: KeepForm) -> Any:
    return form.until.data


def _to_index(message: str) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for(".index"))


def _to_list(number: int, message: str) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for(".show_list", number=number))
