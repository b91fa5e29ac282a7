"""Pages of the wordings of a statement."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.self_evaluation import commands
from tracker.self_evaluation.forms import SeenForm
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.views.found import or_404, the_statement
from tracker.self_evaluation.wordings import queries, rules
from tracker.self_evaluation.wordings.models import Wording


@bp.get("/statements/<int:number>/versions")
@allowed(Permission.READ_SELF_EVALUATION)
def wordings(number: int) -> ResponseReturnValue:
    """Every wording, and two of them side by side: the newest and the one before it unless the address says which."""
    statement = the_statement(number)
    every = queries.of(statement)
    after = _asked("to", every) or (every[0] if every else None)
    before = _asked("from", every) or next((each for each in every if after and each.number < after.number), None)
    rows = rules.side_by_side(before.text, after.text) if before and after else []
    return render_template(
        "self_evaluation/wordings.html", statement=statement, every=every, before=before, after=after, rows=rows
    )


def _asked(name: str, every: Sequence[Wording]) -> Wording | None:
    wanted = request.args.get(name, type=int)
    return next((each for each in every if each.number == wanted), None)


@bp.post("/statements/<int:number>/versions/<int:wording>/put-back")
@allowed(Permission.WRITE_SELF_EVALUATION)
def put_back(number: int, wording: int) -> ResponseReturnValue:
    statement = the_statement(number)
    earlier = or_404(queries.one(statement, wording))
    try:
        commands.put_back(statement, earlier, version=SeenForm().version.data or 0, by=me(), at=clock.now())
    except Refused as refused:
        flash(str(refused), "refused")
        return redirect(url_for(".wordings", number=number))
    flash(f"{statement.reference} reads as in version {wording} again, as a draft.", "saved")
    return redirect(url_for(".statement", number=number))


@bp.get("/statements/<int:number>/compare")
@allowed(Permission.READ_SELF_EVALUATION)
def compare(number: int) -> ResponseReturnValue:
    """What became of the text since the self-evaluation before."""
    statement = the_statement(number)
    before = or_404(statement.carried_from)
    rows = rules.side_by_side(before.text, statement.text)
    return render_template("self_evaluation/compare.html", statement=statement, before=before, rows=rows)
