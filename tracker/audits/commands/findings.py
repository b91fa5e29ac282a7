"""What happens to a finding: raised, tied to an action, closed by what shows that it changed, opened again."""

from datetime import date

from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.audits import rules
from tracker.audits.commands.checks import (
    added,
    changed_since,
    domain_of,
    flush,
    require,
    require_colleague,
    require_may,
    require_words,
)
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AGREE_WITHIN, AuditState, Change, FindingState
from tracker.frameworks import queries as frameworks
from tracker.improvements.models import ImprovementItem
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission, may
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused


def raise_finding(audit: Audit, *, change: Change, by: Person, on: date) -> Finding:
    """Say what must change. Without a theme of its own it lands on its domain's first, or on the audit's."""
    require_may(by, audit.authority, Permission.RAISE_FINDINGS)
    finding = Finding(authority=audit.authority, audit=audit, raised_on=on)
    with db.session.no_autoflush:
        _set(finding, change, on)
    return added(finding)


def change_finding(finding: Finding, *, version: int, change: Change, by: Person, on: date) -> None:
    require_may(by, finding.authority, Permission.RAISE_FINDINGS)
    _require_version(finding, version)
    _require_open(finding)
    with db.session.no_autoflush:
        _set(finding, change, on)
    flush(finding.reference)


def join_action(finding: Finding, *, version: int, action: Action, by: Person) -> None:
    """Say which action will put it right: for those who raise findings, and for its owner."""
    _require_hand(finding, by)
    _require_version(finding, version)
    _require_open(finding)
    if action.authority_id != finding.authority_id:
        raise Refused("There is no such action here. Choose one from the list.")
    if action.status is Status.SUPERSEDED:
        raise Refused(f"{action.reference} has been superseded. Choose the action that took its place.")
    finding.action = action
    finding.item_id = finding.item_id or action.item_id
    flush(finding.reference)


def leave_action(finding: Finding, *, version: int, by: Person) -> None:
    """Take the tie to an action back."""
    _require_hand(finding, by)
    _require_version(finding, version)
    _require_open(finding)
    if finding.action is None:
        raise Refused(f"{finding.reference} has no action to leave.")
    finding.action = None
    flush(finding.reference)


def close_by_evidence(finding: Finding, *, version: int, because: str, evidence: str, by: Person, on: date) -> None:
    """Close it with what has changed for children and where that was seen."""
    audit = finding.audit
    require(rules.why_not_close(audit.tool, by_reaudit=False, finding=finding.reference, audit=audit.reference))
    require_words(evidence, "Name the evidence: where was the change seen? A reference such as E-231 is best.")
    _close(finding, version=version, because=because, by=by, on=on, evidence=evidence)


def close_by_reaudit(finding: Finding, *, version: int, because: str, reaudit: Audit, by: Person, on: date) -> None:
    """Close it with a re-audit that is good, or better than the audit it came from."""
    _require_reaudit(finding, reaudit)
    _close(finding, version=version, because=because, by=by, on=on, reaudit=reaudit)


def reopen_finding(finding: Finding, *, version: int, reason: str, by: Person) -> None:
    """Say that it was closed too early. What it was closed with stays in the history."""
    require_may(by, finding.authority, Permission.RAISE_FINDINGS)
    _require_version(finding, version)
    if finding.state is FindingState.OPEN:
        raise Refused(f"{finding.reference} is open already.")
    require_words(reason, "Say why it has to be opened again.")
    with history.because(reason):
        finding.state, finding.closed_on, finding.closed_by_reaudit = FindingState.OPEN, None, None
        finding.closed_because = finding.closed_evidence = ""
        flush(finding.reference)


def _close(
    finding: Finding,
    *,
    version: int,
    because: str,
    by: Person,
    on: date,
    evidence: str = "",
    reaudit: Audit | None = None,
) -> None:
    require_may(by, finding.authority, Permission.RAISE_FINDINGS)
    _require_version(finding, version)
    _require_open(finding)
    require_words(because, "Say what has changed for children.")
    with history.because(because):
        finding.state, finding.closed_on, finding.closed_because = FindingState.CLOSED, on, because.strip()
        finding.closed_evidence, finding.closed_by_reaudit = evidence.strip(), reaudit
        flush(finding.reference)


def _set(finding: Finding, change: Change, on: date) -> None:
    authority = finding.audit.authority
    require_words(change.what, "Say what needs to change.")
    if change.agree_by is not None and change.agree_by < on and change.agree_by != finding.agree_by:
        raise Refused("The day to agree an action by is past. Choose today or later.")
    finding.owner = _owner(authority, change)
    finding.item = _item(authority, change)
    finding.domain_code = change.domain_code
    finding.theme_code = _theme(finding.audit, change)
    finding.what = " ".join(change.what.split())
    finding.agree_by = change.agree_by or finding.agree_by or on + AGREE_WITHIN


def _owner(authority: Authority, change: Change) -> Person | None:
    if change.owner_id is None:
        return None
    owner = people.person(change.owner_id)
    if owner is None:
        raise Refused("Choose a colleague from the list.")
    require_colleague(owner, authority)
    return owner


def _item(authority: Authority, change: Change) -> ImprovementItem | None:
    item = db.session.get(ImprovementItem, change.item_id) if change.item_id else None
    if change.item_id and (item is None or item.authority_id != authority.id):
        raise Refused("There is no such improvement item here. Leave it empty, or give a reference such as I-9.")
    return item


def _theme(audit: Audit, change: Change) -> str | None:
    """The theme asked for; else the domain's first; else the audit's."""
    if change.theme_code is not None:
        return frameworks.library().theme(change.theme_code, audit.tool.framework).theme.code
    themes = domain_of(audit, change.domain_code).domain.themes if change.domain_code else ()
    return next(iter(themes), audit.theme_code)


def _require_reaudit(finding: Finding, reaudit: Audit) -> None:
    first = finding.audit
    if not _repeats(reaudit, first):
        raise Refused(f"{reaudit.reference} is not a re-audit of {first.reference}. Choose one from the list.")
    if reaudit.state is AuditState.DRAFT:
        raise Refused(f"{reaudit.reference} is still a draft. Finish it before you close {finding.reference} with it.")
    before, after = _rank(first), _rank(reaudit)
    if not rules.shows_change(good=not reaudit.is_weak, before=before, after=after):
        raise Refused(
            f"{reaudit.reference} is no better than {first.reference}, so {finding.reference} stays open. "
            "Look at its action, then audit the case again."
        )


def _rank(audit: Audit) -> int:
    return audit.tool.grade(audit.counted_grade).rank if audit.counted_grade else 0


def _repeats(reaudit: Audit, first: Audit) -> bool:
    """Whether one audit is a re-audit of another, directly or by way of others."""
    earlier = reaudit.reaudit_of
    while earlier is not None:
        if earlier.id == first.id:
            return True
        earlier = earlier.reaudit_of
    return False


def _require_version(finding: Finding, version: int) -> None:
    if finding.version != version:
        raise changed_since(finding.reference)


def _require_open(finding: Finding) -> None:
    if finding.state is FindingState.CLOSED:
        raise Refused(f"{finding.reference} was closed on {finding.closed_on:%-d %B %Y}. Open it again to change it.")
    if finding.state is FindingState.PAST:
        raise Refused(f"{finding.reference} came with a past audit. Open it again to change it.")


def _require_hand(finding: Finding, by: Person) -> None:
    """Those who raise findings, and the owner of this one, may say which action answers it."""
    membership = people.membership(by, finding.authority)
    role = membership.role if membership else None
    if role and may(role, Permission.RAISE_FINDINGS):
        return
    if role and may(role, Permission.UPDATE_OWN_WORK) and finding.owner_id == by.id:
        return
    raise NotAllowed(f"{finding.reference} is not yours. Its owner or a QA officer can say which action answers it.")
