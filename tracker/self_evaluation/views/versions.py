"""Pages of a version."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.self_evaluation import commands, pages, queries
from tracker.self_evaluation.forms import ReasonForm, StartForm
from tracker.self_evaluation.rules import VersionState
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.views.found import the_version


@bp.get("/self-evaluation")
@allowed(Permission.READ_SELF_EVALUATION)
def index() -> ResponseReturnValue:
    newest = queries.newest(here())
    if newest is None:
        return render_template("self_evaluation/none.html", form=StartForm())
    return show_version(newest.edition, ReasonForm())


@bp.get("/self-evaluation/<int:edition>")
@allowed(Permission.READ_SELF_EVALUATION)
def edition(edition: int) -> ResponseReturnValue:
    return show_version(edition, ReasonForm())


def show_version(edition: int, form: ReasonForm) -> ResponseReturnValue:
    version = the_version(edition)
    page = {
        "page": pages.version(here(), version, clock.now()),
        "versions": queries.versions(here()),
        "holds": commands.holds(version),
        "read": commands.digest(commands.words_of(version)) if version.state is VersionState.IN_REVIEW else "",
    }
    return render_template("self_evaluation/version.html", form=form, **page), form.status


@bp.route("/self-evaluation/start", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def start() -> ResponseReturnValue:
    form = StartForm()

    aged: list[int] = []

    def carry_forward() -> None:
        today = clock.today()
        if queries.newest(here()) is None:
            framework = frameworks.library().current(CHILDRENS_SERVICES, today)
            commands.start_version(here(), title=form.title.data or "", framework_id=framework.id, on=today)
        else:
            started = commands.roll_forward(here(), title=form.title.data or "", on=today, at=clock.now())
            aged.append(sum(bool(each.aged) for each in started.statements))

    last = queries.newest(here())
    if form.carries_out(carry_forward):
        gone = f" {aged[0]} of its statements rest on something that has aged, and say so." if any(aged) else ""
        flash(f"A new version is open. Look at every statement again before you send it for review.{gone}", "saved")
        return redirect(url_for(".index"))
    return render_template("self_evaluation/start.html", form=form, last=last), form.status
