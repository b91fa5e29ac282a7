"""Drawing cases, proving a draw, and giving the cases out."""

from collections.abc import Sequence
from secrets import token_hex
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import tools
from tracker.audits.programme import commands, queries, rules
from tracker.audits.programme.forms import DrawForm, GiveForm, ListFields
from tracker.audits.programme.models import Sample
from tracker.audits.programme.views.blueprint import allocation_or_404, bp, programme_or_404, sample_or_404
from tracker.audits.sampling.lists import some
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.web.filters import count_of


@bp.route("/<uuid:programme_id>/draw", methods=["GET", "POST"])
@allowed(Permission.PLAN_AUDITS)
def draw(programme_id: UUID) -> ResponseReturnValue:
    programme, form = programme_or_404(programme_id), DrawForm()
    form.offer(programme, tools.of(here().id).latest)
    if request.method == "GET":
        form.seed.data, form.month.data = token_hex(8), f"{clock.today().replace(day=1):%Y-%m-%d}"
    drawn: list[Sample] = []
    unknown: list[str] = []

    def make() -> None:
        cases = form.cases
        drawn.append(commands.draw(programme, cases=cases, asked=form.asked, by=me(), on=clock.today()))
        unknown.extend(queries.teams_not_known(here(), cases))

    if form.carries_out(make):
        flash(f"{count_of(len(drawn[0].cases), 'case')} drawn. Give them to auditors next.", "saved")
        if unknown:
            flash(_teams_not_known(unknown), "refused")
        return redirect(url_for(".sample", sample_id=drawn[0].id))
    return render_template("audits/programme/draw.html", programme=programme, form=form), form.status


@bp.get("/draws/<uuid:sample_id>")
@allowed(Permission.READ)
def sample(sample_id: UUID) -> ResponseReturnValue:
    return _sample_page(sample_or_404(sample_id), ListFields())


@bp.post("/draws/<uuid:sample_id>/again")
@allowed(Permission.READ)
def draw_again(sample_id: UUID) -> ResponseReturnValue:
    """Prove a draw: the same list and seed give the same cases. Nothing is kept of the list."""
    sample, form = sample_or_404(sample_id), ListFields()
    proved: list[str] = []
    if form.carries_out(lambda: proved.append(commands.draw_again(sample, form.cases))):
        of = count_of(len(sample.cases), "case")
        said = f"Not proved. {proved[0]}" if proved[0] else f"Proved: the same list and seed give the same {of}."
        flash(said, "refused" if proved[0] else "saved")
    return _sample_page(sample, form, proved[0] if proved else None)


@bp.post("/draws/<uuid:sample_id>/allocate")
@allowed(Permission.PLAN_AUDITS)
def allocate(sample_id: UUID) -> ResponseReturnValue:
    """Give out what nobody has; what cannot be given is said, with the reason."""
    sample = sample_or_404(sample_id)
    left = commands.allocate(sample, by=me())
    if left:
        flash(f"Not everything could be given out. {' '.join(left)}", "refused")
    else:
        flash("Every case has an auditor.", "saved")
    return redirect(url_for(".sample", sample_id=sample.id))


@bp.route("/cases/<uuid:allocation_id>/auditor", methods=["GET", "POST"])
@allowed(Permission.PLAN_AUDITS)
def give(allocation_id: UUID) -> ResponseReturnValue:
    """Choose the auditor of one case; who may not have it is told beside her name."""
    allocation, form = allocation_or_404(allocation_id), GiveForm()
    programme = allocation.sample.programme
    load, auditors = queries.load(programme, but=allocation), queries.auditors(programme)
    offered = [(one.id, one.name, rules.why_not_audit(one, allocation.case, load) or "") for one in auditors]
    if request.method == "GET":
        form.ask(allocation, offered)
    else:
        form.auditor.offer([(str(one[0]), one[1]) for one in offered])

    def change() -> None:
        commands.give(allocation, version=form.version.data or 0, auditor_id=form.auditor.data, by=me())

    if form.carries_out(change):
        flash(f"{allocation.case_reference} is given out.", "saved")
        return redirect(url_for(".sample", sample_id=allocation.sample_id))
    return render_template("audits/programme/give.html", allocation=allocation, form=form), form.status


def _teams_not_known(names: Sequence[str]) -> str:
    return (
        f"The list names {'a team that is' if len(names) == 1 else 'teams that are'} not known here: "
        f"{some(names)}. Cases of {'it' if len(names) == 1 else 'them'} count under "
        "“Team not known”, and nobody is kept from them for their team."
    )


def _sample_page(sample: Sample, form: ListFields, why_not: str | None = None) -> ResponseReturnValue:
    """``why_not`` is what a draw made again came to: empty where it is proved, None where none was made."""
    tool = tools.of(here().id).newest(sample.tool_id)
    return render_template(
        "audits/programme/sample.html", sample=sample, form=form, why_not=why_not, tool=tool, today=clock.today()
    ), form.status
