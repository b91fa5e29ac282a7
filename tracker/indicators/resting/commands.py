"""Every way in which something comes to rest on a measure, and ceases to. Each checks, changes and flushes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from tracker.actions import commands as actions
from tracker.actions.commands.checks import require_planner
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.frameworks.queries import library
from tracker.indicators import rules, speaking
from tracker.indicators.models import Measure
from tracker.indicators.resting import queries
from tracker.indicators.resting.models import MeasureTheme, SuccessMeasure
from tracker.indicators.resting.rules import Baseline
from tracker.indicators.rules import Direction
from tracker.people.models import Person
from tracker.platform import child_data, history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused


@dataclass(frozen=True, kw_only=True)
class Promise:
    """From where to where a measure is to move, and by when."""

    baseline: Baseline | None = None
    origin: str = ""
    """Where a baseline that was typed comes from; empty: it is the measure's own figure."""
    target: Decimal | None = None
    target_by: date | None = None


def judge_by(action: Action, *, measure: Measure, promise: Promise, by: Person, on: date) -> SuccessMeasure:
    """Judge an action by a measure. The measure then speaks for the action's item as well."""
    require_planner(action, by)
    _require_same_authority(action, measure)
    if action.status is Status.SUPERSEDED:
        raise Refused(f"{action.reference} is superseded, so nothing is measured of it.")
    if queries.pair(action, measure) is not None:
        raise Refused(f"{measure.reference} is a success measure of {action.reference} already.")
    _require_promise(action, measure, promise, on)
    success = SuccessMeasure(authority_id=action.authority_id, action=action, measure=measure)
    _say(success, promise)
    db.session.add(success)
    if action.item not in measure.items:
        speaking.link_to_item(measure, item=action.item)
    history.record(action, f"to be judged by {measure.reference}{_promised(success)}")
    history.record(measure, f"success measure of {action.reference}{_promised(success)}")
    return success


def change(success: SuccessMeasure, *, version: int, promise: Promise, by: Person, on: date) -> None:
    """Promise something else of it. What it was before stays in the history of the action."""
    require_planner(success.action, by)
    _require_version(success, version)
    if success.shows_difference:
        raise Refused(_rests(success, "so what it was measured from and to stays"))
    _require_promise(success.action, success.measure, promise, on)
    before = _promised(success)
    _say(success, promise)
    db.session.flush()
    if _promised(success) != before:
        measure = success.measure.reference
        history.record(
            success.action, f"{measure} as its success measure{_promised(success)}; before{before or ', none'}"
        )


def take_out(success: SuccessMeasure, *, by: Person) -> None:
    """Judge the action by this measure no longer. The measure still speaks for the item."""
    require_planner(success.action, by)
    if success.shows_difference:
        raise Refused(_rests(success, "so it stays"))
    action, measure = success.action, success.measure
    db.session.delete(success)
    history.record(action, f"no longer judged by {measure.reference}")
    history.record(measure, f"no longer a success measure of {action.reference}")


def embed(action: Action, *, success: Sequence[SuccessMeasure], difference: str, by: Person, on: date) -> None:
    """Mark a delivered action embedded because measures show what difference it made: each moved, or held."""
    if not success:
        raise Refused("Choose the measure that shows the difference.")
    require_showing(success, on)
    actions.mark_embedded(action, difference=difference, by=by, on=on)
    rest_on(success, on)


def require_showing(success: Sequence[SuccessMeasure], on: date) -> None:
    """Raises Refused for a measure that has neither moved nor held since the action was done."""
    for one in success:
        why_not = queries.before_after(one, on).why_not_show
        if why_not:
            raise Refused(why_not)


def rest_on(success: Sequence[SuccessMeasure], on: date) -> None:
    """Remember that an action is marked embedded because of these, and what each showed on that day."""
    for one in success:
        one.shows_difference, one.shown_on, one.shown = True, on, queries.before_after(one, on).sentence
        history.record(one.action, f"embedded resting on {one.measure.reference}", why=one.shown)
        history.record(one.measure, f"shows what difference {one.action.reference} made")
    db.session.flush()


def speak_for_theme(measure: Measure, *, theme_code: str) -> None:
    """Let a measure speak for a theme besides its own. Raises Refused for a code of no framework."""
    theme = library().theme(theme_code).theme
    if theme_code in {measure.theme_code, *queries.theme_codes(measure)}:
        raise Refused(f"{measure.reference} speaks for {theme.name} already.")
    db.session.add(MeasureTheme(measure_id=measure.id, theme_code=theme_code))
    history.record(measure, f"linked to {theme_code} {theme.name}")


def no_longer_for_theme(measure: Measure, *, theme_code: str) -> None:
    link = db.session.scalars(
        select(MeasureTheme).where(MeasureTheme.measure_id == measure.id, MeasureTheme.theme_code == theme_code)
    ).one_or_none()
    if link is None:
        raise Refused(f"{measure.reference} does not speak for this theme.")
    db.session.delete(link)
    history.record(measure, f"no longer linked to {theme_code}")


def _say(success: SuccessMeasure, promise: Promise) -> None:
    baseline = promise.baseline
    success.baseline = baseline.value if baseline else None
    success.baseline_start, success.baseline_end = (baseline.start, baseline.end) if baseline else (None, None)
    success.baseline_origin = promise.origin.strip() if baseline else ""
    success.target, success.target_by = promise.target, promise.target_by


def _promised(success: SuccessMeasure) -> str:
    """As the history says it: ", from 54% in June 2026 to 90% by 31 March 2027"; empty for neither."""
    unit, baseline, said = success.measure.unit, queries.baseline(success), ""
    if baseline is not None:
        said += f" from {rules.written(baseline.value, unit)} in {baseline.when}"
    if success.target is not None:
        said += f" to {rules.written(success.target, unit)}"
    if success.target_by is not None:
        said += f" by {success.target_by:%-d %B %Y}"
    return f",{said}" if said else ""


def _rests(success: SuccessMeasure, so: str) -> str:
    return f"{success.action.reference} was marked embedded because of {success.measure.reference}, {so}."


def _require_promise(action: Action, measure: Measure, promise: Promise, on: date) -> None:
    _require_target(measure, promise)
    child_data.check({"Where it comes from": promise.origin}, reason="")
    baseline = promise.baseline
    if baseline is None:
        return
    why_not = rules.why_not_a_figure(measure.unit, baseline.value, None, None)
    if why_not:
        raise Refused(why_not)
    if baseline.start > baseline.end:
        raise Refused("The period of the baseline ends before it starts. Change one of its days.")
    if baseline.end > on:
        raise Refused("The period of the baseline has not ended. Choose an earlier one.")
    since = measure.comparable_since
    if since is not None and baseline.start < since:
        raise Refused(
            f"{measure.reference} counts otherwise since {since:%-d %B %Y}, so a figure from before then is no "
            "baseline for what it counts now. Choose a later one."
        )
    done = action.delivered_on
    if done is not None and baseline.end > done:
        raise Refused(
            f"{action.reference} was done on {done:%-d %B %Y}, before the period of this baseline ended. "
            "Choose an earlier one."
        )


def _require_target(measure: Measure, promise: Promise) -> None:
    target = promise.target
    if target is None:
        if promise.target_by is not None:
            raise Refused("Enter the target that is to be reached by that day.")
        return
    if measure.direction is Direction.CONTEXT:
        raise Refused(f"{measure.reference} is for context: neither higher nor lower is better, so it has no target.")
    why_not = rules.why_not_a_figure(measure.unit, target, None, None)
    if why_not:
        raise Refused(why_not)


def _require_same_authority(action: Action, measure: Measure) -> None:
    if action.authority_id != measure.authority_id:
        raise Refused(f"{measure.reference} belongs to another authority.")


def _require_version(success: SuccessMeasure, version: int) -> None:
    if success.version != version:
        raise Conflict(
            f"{success.measure.reference} as a measure of {success.action.reference} was changed by somebody else, "
            "or in another window, after you opened it. Look at what is there now, then make your change again."
        )
