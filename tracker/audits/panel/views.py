"""The panel of one audit: convened, graded by each member alone, then seen side by side and settled."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import rules
from tracker.audits.models import Audit
from tracker.audits.panel import commands, queries
from tracker.audits.panel.forms import ConveneForm, PanelForm, form_for
from tracker.audits.panel.models import PanelSeat
from tracker.audits.rules import AuditState
from tracker.audits.views.blueprint import audit_or_404, bp
from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.web.form import Form


@bp.route("/audits/<int:number>/panel", methods=["GET", "POST"])
@allowed(Permission.MODERATE_AUDITS)
def panel(number: int) -> ResponseReturnValue:
    """What comes next for the one who asks: choose members, grade, wait, or settle."""
    audit = audit_or_404(number)
    seats = queries.seats(audit)
    mine = next((seat for seat in seats if seat.person_id == me().id), None)
    if not seats:
        return _convene(audit)
    if mine is not None and mine.given_on is None and audit.state is not AuditState.MODERATED:
        return _give(audit, mine)
    all_in = all(seat.given_on is not None for seat in seats)
    if all_in and audit.state is AuditState.DONE and audit.moderator_id == me().id and mine is not None:
        return _settle(audit, seats, mine)
    return _shown(audit, seats, mine, None)


def _convene(audit: Audit) -> ResponseReturnValue:
    form, possible = ConveneForm(), queries.possible_members(audit, besides=me())
    form.offer(possible)
    if request.method == "GET":
        form.version.data = audit.version
    if form.carries_out(lambda: _begin(audit, form)):
        flash(f"The panel of {audit.reference} is convened. Each member grades alone first.", "saved")
        return redirect(url_for(".panel", number=audit.number))
    return render_template("audits/panel_convene.html", form=form, audit=audit, possible=possible), form.status


def _begin(audit: Audit, form: ConveneForm) -> None:
    chosen = set(form.members.data or [])
    members = [person for person in queries.possible_members(audit, besides=me()) if str(person.id) in chosen]
    commands.convene(audit, version=form.version.data or 0, members=members, by=me())


def _give(audit: Audit, seat: PanelSeat) -> ResponseReturnValue:
    form = form_for(audit)
    del form.safety_action
    if request.method == "GET":
        form.version.data = seat.version
    if form.carries_out(lambda: _given(seat, form)):
        waits = any(one.given_on is None for one in queries.seats(audit))
        after = "The others’ show once all are in." if waits else "Every member’s are in now."
        flash(f"Your grades are kept. {after}", "saved")
        return redirect(url_for(".panel", number=audit.number))
    return render_template("audits/panel_give.html", form=form, audit=audit), form.status


def _given(seat: PanelSeat, form: PanelForm) -> None:
    commands.give(
        seat,
        version=form.version.data or 0,
        domains=form.domains,
        grade=form.grade.data,
        reason=form.reason.data or "",
        by=me(),
        on=clock.today(),
    )


def _settle(audit: Audit, seats: Sequence[PanelSeat], mine: PanelSeat) -> ResponseReturnValue:
    form = form_for(audit)
    form.reason.label.text = "Why did you settle on this grade?"
    form.reason.description = "What weighed most where you differed."
    if request.method == "GET":
        form.version.data, form.safety_action.data = audit.version, audit.safety_action
        form.start(mine)
    if form.carries_out(lambda: _settled(audit, form)):
        flash(f"{audit.reference} counts as {audit.counted_label.lower()}. What each member gave is kept.", "saved")
        return redirect(url_for(".panel", number=audit.number))
    return _shown(audit, seats, mine, form)


def _settled(audit: Audit, form: PanelForm) -> None:
    commands.settle(
        audit,
        version=form.version.data or 0,
        domains=form.domains,
        grade=form.grade.data,
        reason=form.reason.data or "",
        safety_action=form.safety_action.data or "",
        by=me(),
        on=clock.today(),
    )


def _shown(audit: Audit, seats: Sequence[PanelSeat], mine: PanelSeat | None, form: Form | None) -> ResponseReturnValue:
    """Side by side for its members once all are in, and for everybody once it is settled; else who is waited for."""
    settled = audit.state is AuditState.MODERATED
    open_now = settled or (mine is not None and all(seat.given_on for seat in seats))
    return render_template(
        "audits/panel.html",
        form=form,
        audit=audit,
        seats=seats,
        rows=_rows(audit, seats, settled=settled) if open_now else None,
        differing=[code for code, differs in _differing(audit, seats) if differs],
        agreed=[code for code, differs in _differing(audit, seats) if not differs],
    ), form.status if form else 200


def _differing(audit: Audit, seats: Sequence[PanelSeat]) -> list[tuple[str, bool]]:
    """Each domain, and whether auditor and members gave it different grades."""
    return [
        (one.domain_code, len({one.by_auditor, *(seat.gave(one.domain_code) for seat in seats)}) > 1)
        for one in audit.domains
    ]


def _rows(audit: Audit, seats: Sequence[PanelSeat], *, settled: bool) -> list[tuple[str, list[str], bool]]:
    """Name of a domain, the words of the auditor's grade and each member's, and whether they differ."""
    rows = []
    for domain in audit.domains:
        given = [domain.by_auditor, *(seat.gave(domain.domain_code) for seat in seats)]
        counted = [domain.counted] if settled else []
        words = [rules.grade_word(audit.tool, one) for one in (*given, *counted)]
        rows.append((domain.domain.name, words, len(set(given)) > 1))
    return rows
