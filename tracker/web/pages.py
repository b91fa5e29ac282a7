"""The two pages that belong to no room: what the product does, and how accessible it is. Nobody needs to sign in."""

from flask import Blueprint, current_app, render_template

bp = Blueprint("web", __name__)


@bp.get("/help")
def help() -> str:
    return render_template("web/help.html", contact=_contact())


@bp.get("/accessibility")
def accessibility() -> str:
    return render_template("web/accessibility.html", contact=_contact())


for view in (help, accessibility):
    view.access = "open"  # type: ignore[attr-defined]  # as people.guards.open_to_all does, which this room may not import


def _contact() -> str:
    """Whom people should ask, as the operator set it."""
    contact: str = current_app.config["CONTACT"]
    return contact
