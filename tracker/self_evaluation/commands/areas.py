"""What we think of each judgement area."""

from tracker.frameworks import queries as frameworks
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.self_evaluation.commands.checks import check_open, review_again
from tracker.self_evaluation.models import AreaView
from tracker.self_evaluation.rules import Confidence
from tracker.self_evaluation.sentences import tidied


def judge_area(
    view: AreaView,
    *,
    version: int,
    grade_code: str | None,
    confidence: Confidence | None,
    reason: str,
    not_sure_of: str,
    prints_doubt: bool = True,
) -> None:
    """Say what we think of one area, how sure we are, and what we are not yet sure of."""
    check_open(view.self_evaluation)
    if view.version != version:
        raise Conflict("Somebody else saved this area's view while you had it open. Look at theirs, and save again.")
    known = {grade.code for grade in frameworks.library().framework(view.self_evaluation.framework_id).scale}
    if grade_code is not None and grade_code not in known:
        raise Refused("That grade is not on this framework's scale")
    if grade_code is not None and confidence is None:
        raise Refused("Say how confident you are in that grade")
    view.grade_code, view.confidence = grade_code, confidence
    view.reason, view.not_sure_of = tidied(reason), tidied(not_sure_of)
    review_again(view.self_evaluation)
    view.prints_doubt, view.agreed = prints_doubt, False
    db.session.flush()


def agree_area(view: AreaView, *, version: int | None = None) -> None:
    """The director agrees with an area's view; ``version`` is what she had before her."""
    check_open(view.self_evaluation)
    if view.grade_code is None:
        raise Refused("There is no self-grade to agree with yet")
    if version is not None and view.version != version:
        raise Conflict("Somebody else saved this area's view since you opened it. Look at it again, then agree it.")
    view.agreed = True
    db.session.flush()
