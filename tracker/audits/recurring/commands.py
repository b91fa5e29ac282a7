"""A theme that recurs becomes an improvement item, its findings tied to it and its audits named as its source."""

from collections.abc import Sequence
from datetime import date

from tracker.audits.commands.checks import flush, require_may
from tracker.audits.models import Finding
from tracker.audits.recurring import queries, rules
from tracker.frameworks import queries as frameworks
from tracker.improvements import commands as improvements
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo, Source
from tracker.improvements.sources.rules import Origin
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission
from tracker.platform import history
from tracker.platform.errors import Refused


def make_item(
    authority: Authority, *, theme_code: str, since: date, fewest: int, by: Person, on: date
) -> ImprovementItem:
    """Make the item of the findings on a theme since a day. Findings that are for another item stay with it.

    Raises Refused where too few audits found the theme, or an open item was made of it already.
    """
    require_may(by, authority, Permission.MAKE_ITEMS_OF_THEMES)
    findings = _recurring(authority, theme_code, since, fewest)
    made = queries.items_of(authority, [theme_code]).get(theme_code)
    if made:
        raise Refused(f"{made[0].reference} was made of this theme already. Tie the new findings to it.")
    item = _item(authority, theme_code, findings, on)
    for code in dict.fromkeys(finding.audit.area_code for finding in findings):
        mapping.add_by_hand(item, to=MappedTo.AREA, code=code, by=by, reason="Where the audits found it")
    mapping.add_by_hand(item, to=MappedTo.THEME, code=theme_code, by=by, reason="The theme that recurred")
    _tie(findings, item)
    return item


def tie_findings(item: ImprovementItem, *, theme_code: str, since: date, fewest: int, by: Person) -> int:
    """Tie the theme's findings that have no item yet to the item that was made of it; says how many they were."""
    require_may(by, item.authority, Permission.MAKE_ITEMS_OF_THEMES)
    findings = _recurring(item.authority, theme_code, since, fewest)
    if item not in queries.items_of(item.authority, [theme_code]).get(theme_code, ()):
        raise Refused(f"{item.reference} is not an open item of this theme. Choose one that is.")
    return _tie(findings, item)


def _recurring(authority: Authority, theme_code: str, since: date, fewest: int) -> Sequence[Finding]:
    findings = queries.findings_of(authority, theme_code, since=since)
    audits = {finding.audit_id for finding in findings}
    if len(audits) < fewest:
        raise Refused(f"A theme recurs once {fewest} audits have found it. {len(audits) or 'None'} found this one.")
    return findings


def _item(authority: Authority, theme_code: str, findings: Sequence[Finding], on: date) -> ImprovementItem:
    audits = list(dict.fromkeys(finding.audit for finding in sorted(findings, key=lambda one: one.audit.number)))
    theme = frameworks.library().theme(theme_code, findings[-1].audit.tool.framework).theme.name
    return improvements.add_item(
        authority,
        wording=rules.wording(theme, audits=len(audits), findings=[finding.what for finding in findings]),
        title=theme,
        source=Source.AUDIT_THEME,
        raised_on=on,
        today=on,
        origin=Origin(
            rules.document([audit.reference for audit in audits]),
            max(audit.audited_on for audit in audits),
            f"theme {theme_code}",
            "Case auditors",
        ),
    )


def _tie(findings: Sequence[Finding], item: ImprovementItem) -> int:
    waiting = [finding for finding in findings if finding.item_id is None]
    with history.because(f"{item.reference} was made of the theme"):
        for finding in waiting:
            finding.item = item
        flush(item.reference)
    return len(waiting)
