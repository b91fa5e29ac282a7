from flask import Blueprint, abort, render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from tracker.frameworks import queries
from tracker.people.guards import allowed
from tracker.people.rules import Permission
from tracker.platform import clock

bp = Blueprint("frameworks", __name__, url_prefix="/<authority>/frameworks")


@bp.record_once
def read_frameworks(state: BlueprintSetupState) -> None:
    """Read the files as the application starts: a wrong one is met by the operator, not by a reader."""
    queries.library()


@bp.get("")
@allowed(Permission.READ_REPORTS)
def index() -> ResponseReturnValue:
    library = queries.library()
    regimes = [
        (library.of_regime(regime)[0].regime_name, library.of_regime(regime)[::-1]) for regime in library.regimes
    ]
    return render_template("frameworks/list.html", regimes=regimes, today=clock.today())


@bp.get("/national")
@allowed(Permission.READ_REPORTS)
def show_national() -> ResponseReturnValue:
    return render_template("frameworks/national.html", national=queries.library().national)


@bp.get("/<framework_id>")
@allowed(Permission.READ_REPORTS)
def show(framework_id: str) -> ResponseReturnValue:
    framework = queries.library().frameworks.get(framework_id)
    if framework is None:
        abort(404)
    return render_template("frameworks/framework.html", framework=framework, today=clock.today())
