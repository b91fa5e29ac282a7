"""Drafts sent out as a workbook, and a workbook taken back: chosen, looked at, applied."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.views.blueprint import bp
from tracker.audits.workbooks import commands, queries, written
from tracker.audits.workbooks.forms import BringBackForm, SendOutForm
from tracker.audits.workbooks.models import AuditReturn
from tracker.audits.workbooks.rules import Outcome
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.web import preview_page
from tracker.web.chosen_file import taken_in
from tracker.web.fields import Form
from tracker.web.spreadsheet import download


@bp.get("/audits/workbooks")
@allowed(Permission.LOG_AUDITS)
def workbooks() -> ResponseReturnValue:
    return _page(SendOutForm(), BringBackForm())


@bp.post("/audits/workbooks/send-out")
@allowed(Permission.LOG_AUDITS)
def send_out() -> ResponseReturnValue:
    """A POST, because what each cell says now is remembered, and cases that were given are begun."""
    form = SendOutForm()
    form.offer(queries.drafts(here(), me()), queries.to_begin(here(), me()))
    made: list[tuple[UUID, bytes]] = []
    if form.carries_out_whole(lambda: made.append(_send_out(form))):
        return download(made[0][1], f"{here().slug}-audits-to-answer-{clock.today():%Y-%m-%d}")
    if form.cases.errors:  # what is offered no more has no place on the page
        form.cases.errors = []
        form.refuse("A case that you chose is begun already. Choose among those that are left.")
    return _page(form, BringBackForm(formdata=None), failed=form)


@bp.post("/audits/workbooks")
@allowed(Permission.LOG_AUDITS)
def bring_back() -> ResponseReturnValue:
    form = BringBackForm()
    back = taken_in(form, lambda stream, name: commands.bring_back(here(), stream, file_name=name, by=me()))
    if back is None:
        return _page(SendOutForm(formdata=None), form, failed=form)
    return redirect(url_for(".brought_back", return_id=back.id))


@bp.get("/audits/workbooks/<uuid:return_id>")
@allowed(Permission.LOG_AUDITS)
def brought_back(return_id: UUID) -> ResponseReturnValue:
    return _preview(_back(return_id), Form())


@bp.post("/audits/workbooks/<uuid:return_id>/choices")
@allowed(Permission.LOG_AUDITS)
def settle_workbook(return_id: UUID) -> ResponseReturnValue:
    """Whose text stands where both changed."""
    back, form = _back(return_id), Form()
    if form.carries_out(lambda: commands.settle(back, settled=preview_page.sides_posted("stands "))):
        return redirect(url_for(".brought_back", return_id=return_id))
    return _preview(back, form)


@bp.post("/audits/workbooks/<uuid:return_id>")
@allowed(Permission.LOG_AUDITS)
def apply_workbook(return_id: UUID) -> ResponseReturnValue:
    back, form = _back(return_id), Form()
    digest = request.form.get("digest", "")
    if form.carries_out_whole(lambda: commands.apply(back, digest=digest, by=me())):
        flash(f"What {back.file_name} says is in your drafts. Finish each when it is ready.", "saved")
        return redirect(url_for(".index", show="mine"))
    return _preview(back, form)


def _send_out(form: SendOutForm) -> tuple[UUID, bytes]:
    numbers = [int(number) for number in form.audits.data or []]
    begin = [UUID(case) for case in form.cases.data or []]
    export, audits = commands.send_out(here(), numbers, begin=begin, by=me())
    title = f"Audits to answer, {clock.today():%-d %B %Y}"
    return export.id, written.workbook(audits, number=export.id, title=title)


def _page(send: SendOutForm, bring: BringBackForm, *, failed: Form | None = None) -> ResponseReturnValue:
    drafts, cases = queries.drafts(here(), me()), queries.to_begin(here(), me())
    send.offer(drafts, cases)
    page = {"send": send, "bring": bring, "drafts": drafts, "cases": cases, "form": failed}
    return render_template("audits/workbooks/index.html", **page), failed.status if failed else 200


def _preview(back: AuditReturn, form: Form) -> ResponseReturnValue:
    found = commands.preview(back, by=me()) if back.applied_at is None else None
    stops = {Outcome.REFUSED, Outcome.CONFLICT}
    return render_template(
        "audits/workbooks/preview.html",
        form=form,
        back=back,
        found=found,
        stopped=any(found.counts[outcome] for outcome in stops) if found else False,
        changing=found.counts[Outcome.NEW] + found.counts[Outcome.CHANGED] if found else 0,
    ), form.status


def _back(return_id: UUID) -> AuditReturn:
    return queries.brought_back(here(), return_id, by=me()) or abort(404)
