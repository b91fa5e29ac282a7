"""What an auditor does with a case that she was given: begin its audit, or hand it back."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import tools
from tracker.audits.forms import AboutForm
from tracker.audits.models import Audit
from tracker.audits.programme import commands
from tracker.audits.programme.forms import HandBackForm
from tracker.audits.programme.models import Allocation
from tracker.audits.programme.views.blueprint import bp, case_given_to_me_or_404
from tracker.audits.views.blueprint import areas_of
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock


@bp.route("/cases/<uuid:allocation_id>/start", methods=["GET", "POST"])
@allowed(Permission.LOG_AUDITS)
def start(allocation_id: UUID) -> ResponseReturnValue:
    """Begin the audit with everything filled in that is known."""
    allocation, form = case_given_to_me_or_404(allocation_id), AboutForm()
    box = tools.of(here().id)
    tool = box.newest(allocation.sample.tool_id)
    form.offer(tool, areas_of(tool), people.teams(here()))
    form.offer_lenses(box.lenses)
    if request.method == "GET":
        _fill_in(form, allocation, tool.areas)
    begun: list[Audit] = []

    def make() -> None:
        about, lenses = form.about(people.teams(here())), form.chosen_of(box.lenses)
        version = form.version.data or 0
        begun.append(commands.start(allocation, version=version, about=about, lenses=lenses, by=me(), on=clock.today()))

    if form.carries_out(make):
        return redirect(url_for("audits.show", number=begun[0].number))
    return render_template("audits/programme/start.html", allocation=allocation, tool=tool, form=form), form.status


@bp.route("/cases/<uuid:allocation_id>/hand-back", methods=["GET", "POST"])
@allowed(Permission.LOG_AUDITS)
def hand_back(allocation_id: UUID) -> ResponseReturnValue:
    allocation, form = case_given_to_me_or_404(allocation_id), HandBackForm()
    if request.method == "GET":
        form.version.data = allocation.version

    def give_back() -> None:
        version = form.version.data or 0
        commands.hand_back(allocation, version=version, because=form.because.data or "", by=me())

    if form.carries_out(give_back):
        flash(f"{allocation.case_reference} is handed back.", "saved")
        return redirect(url_for("overview.my_work"))
    return render_template("audits/programme/hand_back.html", allocation=allocation, form=form), form.status


def _fill_in(form: AboutForm, allocation: Allocation, areas: tuple[str, ...]) -> None:
    form.start_today()
    form.version.data, form.case_reference.data = allocation.version, allocation.case_reference
    form.team.data = str(allocation.team_id) if allocation.team_id else None
    form.age_band.data, form.legal_status.data = allocation.age_band or None, allocation.legal_status or None
    form.programme.data = allocation.sample.programme.name
    form.area.data = areas[0]
