"""Our own grade of an area."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.frameworks import queries as frameworks
from tracker.people.guards import allowed, here, require_reach
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.self_evaluation import commands, holding
from tracker.self_evaluation.forms import AreaViewForm, SeenForm
from tracker.self_evaluation.models import AreaView
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.views.found import the_newest_view


@bp.route("/self-evaluation/areas/<area_code>", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def area(area_code: str) -> ResponseReturnValue:
    version, view = the_newest_view(area_code)
    require_reach([area_code])
    framework = frameworks.library().framework(version.framework_id)
    form = AreaViewForm(obj=view, grade=view.grade_code)
    form.grade.offer([(grade.code, grade.label) for grade in framework.scale])

    def judge() -> None:
        commands.judge_area(
            view,
            version=form.version.data or 0,
            grade_code=form.grade.data,
            confidence=form.confidence.data,
            reason=form.reason.data or "",
            not_sure_of=form.not_sure_of.data or "",
            prints_doubt=bool(form.prints_doubt.data),
        )

    if form.carries_out(judge):
        flash(f"The self-grade is saved. A director has to agree it.{_unexplained(view)}", "saved")
        return redirect(url_for(".index", _anchor=area_code))
    beside = holding.of_area(here(), framework, view, clock.today())
    page = {"area": framework.area(area_code), "version": version, "view": view, "holding": beside}
    return render_template("self_evaluation/area.html", form=form, **page), form.status


@bp.post("/self-evaluation/areas/<area_code>/agree")
@allowed(Permission.SIGN_SELF_EVALUATION)
def agree(area_code: str) -> ResponseReturnValue:
    _, view = the_newest_view(area_code)
    commands.agree_area(view, version=SeenForm().version.data)
    flash(f"The self-grade is agreed.{_unexplained(view)}", "saved")
    return redirect(url_for(".index", _anchor=area_code))


def _unexplained(view: AreaView) -> str:
    """What is asked of whoever saves or agrees a grade that is kinder than the evidence without a reason."""
    if view.reason:
        return ""
    framework = frameworks.library().framework(view.self_evaluation.framework_id)
    kinder = holding.of_area(here(), framework, view, clock.today()).contradiction
    return f" {kinder} Nobody has said why: give the reason, or change the grade." if kinder else ""
