"""What an address names, in the authority that it names; "not found" where there is no such thing."""

from typing import TypeVar

from flask import abort

from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.people.guards import here, require_reach
from tracker.platform.errors import Refused
from tracker.self_evaluation import queries
from tracker.self_evaluation.forms import StatementForm
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement

Thing = TypeVar("Thing")


def the_version(edition: int) -> SelfEvaluation:
    return or_404(queries.version(here(), edition))


def the_statement(number: int) -> Statement:
    return or_404(queries.statement(here(), number))


def the_statement_to_change(number: int) -> Statement:
    """Refused outside a service area, but for what she wrote herself."""
    statement = the_statement(number)
    require_reach([statement.area_code], statement.author_id)
    return statement


def the_newest_view(area_code: str) -> tuple[SelfEvaluation, AreaView]:
    newest = or_404(queries.newest(here()))
    return newest, or_404(queries.view(newest, area_code))


def the_item(form: StatementForm) -> ImprovementItem | None:
    if form.item.data is None:
        return None
    item = improvements.item(here(), form.item.data)
    if item is None:
        raise Refused(f"There is no improvement item I-{form.item.data}")
    return item


def or_404(found: Thing | None) -> Thing:
    if found is None:
        abort(404)
    return found
