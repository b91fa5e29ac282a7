"""How far moderators agree with auditors."""

from collections.abc import Sequence
from datetime import date

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from tracker.audits import tools
from tracker.audits.agreement import queries, rules
from tracker.audits.blind.queries import sampling
from tracker.audits.rules import months_after
from tracker.audits.views.blueprint import bp
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission, may
from tracker.platform import clock
from tracker.web.charts import Severities, SeverityLine
from tracker.web.links import filters

EVERY_YEAR = "all"


@bp.get("/audits/moderation")
@allowed(Permission.READ)
def agreement() -> ResponseReturnValue:
    """Agreement in figures; auditors by name only for those who may compare them."""
    since, tool_id = _since(), request.args.get("tool") or None
    named = may(g.person.role, Permission.COMPARE_AUDITORS)
    graded = [(tool.id, tool.short_name) for tool in tools.of(here().id).every if len(tool.grades) > 1]
    auditors = queries.auditors(here(), since=since, tool_id=tool_id) if named else None
    return render_template(
        "audits/agreement.html",
        scales=queries.on_each_scale(here(), since=since, tool_id=tool_id),
        coverage=queries.coverage(here(), since=since, tool_id=tool_id),
        auditors=auditors,
        severities=_drawn(auditors or ()),
        sampling=sampling(here()),
        words=rules.severity_words,
        enough=rules.ENOUGH_FOR_KAPPA,
        enough_of_one=rules.ENOUGH_TO_COMPARE,
        since=since,
        filters={
            "Tool:": filters("tool", [(None, "All"), *graded]),
            "When:": filters("year", [(None, "Last 12 months"), (EVERY_YEAR, "All years")]),
        },
    )


def _drawn(auditors: Sequence[queries.Auditor]) -> Severities | None:
    """Those of whom enough is known, kindest first; None where there is nobody."""
    known = [(one.name, one.severity) for one in auditors if one.severity]
    lines = [
        SeverityLine(label=name, value=found.value, low=found.low, high=found.high)
        for name, found in sorted(known, key=lambda one: one[1].value)
    ]
    return Severities(caption="Auditors compared with their moderators", lines=tuple(lines)) if lines else None


def _since() -> date | None:
    return None if request.args.get("year") == EVERY_YEAR else months_after(clock.today(), -12)
