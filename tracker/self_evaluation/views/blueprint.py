from flask import Blueprint, request
from werkzeug.exceptions import RequestEntityTooLarge

from tracker.self_evaluation.models import Statement
from tracker.web import errors

bp = Blueprint("self_evaluation", __name__, url_prefix="/<authority>")


@bp.errorhandler(413)
def too_long(error: RequestEntityTooLarge) -> errors.Shown:
    """Of a statement that cannot even be read, its address says which it is."""
    number = (request.view_args or {}).get("number")
    return errors.too_much_text(f"{Statement.prefix}-{number}" if number else "What you wrote")
