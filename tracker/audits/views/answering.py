"""Answering an audit, a domain at a time: the form, what its button saves, and what the page saves by itself."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands
from tracker.audits.commands import answers
from tracker.audits.forms import DomainForm, form_for
from tracker.audits.models import Audit, DomainGrade, Finding
from tracker.audits.rules import Change, needs_safety_action
from tracker.audits.schema import Tool
from tracker.audits.views import shown
from tracker.audits.views.blueprint import audit_or_404, bp, item_asked_for
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Conflict
from tracker.web import autosaved


@bp.post("/audits/<int:number>/domains/<code>")
@allowed(Permission.LOG_AUDITS)
def grade_domain(number: int, code: str) -> ResponseReturnValue:
    audit = audit_or_404(number)
    page = _answer(audit, code)
    if autosaved.is_asked():
        answer = autosaved.answer(page.form, lambda: _save_domain(page), lambda: _fields(page))
        return autosaved.asking(answer, _lacks_safety_action(page.domain))
    if page.form.carries_out(lambda: _save(page)):
        return redirect(_next_url(page.domain))
    return _render(page), 422


@dataclass
class _Answer:
    """One domain being answered: its form, and the finding that stands in it."""

    audit: Audit
    domain: DomainGrade
    form: DomainForm
    finding: Finding | None
    others: list[Finding]
    """The domain's other findings."""


def page_of(audit: Audit) -> ResponseReturnValue:
    asked = request.args.get("domain", "")
    if asked not in {domain.domain_code for domain in audit.domains}:
        asked = shown.first_waiting([(domain.domain_code, shown.done(domain)) for domain in audit.domains])
    if asked == shown.WHOLE:
        return redirect(url_for(".finish", number=audit.number))
    page = _answer(audit, asked)
    page.form.start(page.domain, page.finding)
    return _render(page)


def _answer(audit: Audit, code: str) -> _Answer:
    domain = next((domain for domain in audit.domains if domain.domain_code == code), None) or abort(404)
    form = form_for(domain)
    form.offer(people.colleagues(here(), who_may=Permission.READ))
    mine = [finding for finding in audit.findings if finding.domain_code == code]
    finding = _finding_asked_for(mine)
    return _Answer(audit, domain, form, finding, [other for other in mine if other is not finding])


def _finding_asked_for(mine: list[Finding]) -> Finding | None:
    """The one named in the address; without a name the newest; none where a new one is asked for."""
    asked = request.values.get("finding", "")
    if asked == "new" or not mine:
        return None
    return next((finding for finding in mine if str(finding.number) == asked), mine[-1])


def _render(page: _Answer) -> str:
    audit, code = page.audit, page.domain.domain_code
    return render_template(
        "audits/answer.html",
        page=page,
        audit=audit,
        form=page.form,
        steps=shown.auditor_steps(audit, code),
        following=shown.following(audit, code)[1],
        compared=shown.comparison(audit),
        asks_safety=needs_safety_action(audit.tool, [page.domain.grade_code, page.form.given.grade_code]),
        newer=_newer(audit),
        **shown.words(audit, me()),
    )


def _newer(audit: Audit) -> Tool | None:
    """The newest version of the tool, where a draft can still be taken to it."""
    tool, lenses = answers.newest_of(audit)
    return None if answers.why_not_move(audit, tool, lenses) else tool


def _fields(page: _Answer) -> dict[str, int]:
    """What the page has to carry from now on."""
    return {"saves": page.domain.auditor_saves, "version": page.audit.version}


def _lacks_safety_action(domain: DomainGrade) -> bool:
    """Of this domain alone: what another one asks for is asked there, and once more before the audit is finished."""
    audit = domain.audit
    return needs_safety_action(audit.tool, [domain.grade_code]) and not audit.safety_action


def _save_domain(page: _Answer) -> None:
    """The auditor's half of the domain, with what was done at once where its grade asks for that."""
    form = page.form
    try:
        commands.grade_domain(
            page.audit,
            page.domain.domain_code,
            saves=-1 if form.saves.data is None else form.saves.data,
            given=form.given,
            seen=form.seen.data or "",
            difference=form.difference.data or "",
            answers=form.answers,
            window=autosaved.window(),
            by=me(),
        )
    except Conflict:
        form.replaces(page.domain.auditor_saves)
        raise
    version, said = form.version.data or 0, form.safety_action.data or ""
    commands.record_safety_action(page.audit, version=version, safety_action=said, by=me())


def _save(page: _Answer) -> None:
    form = page.form
    _save_domain(page)
    if page.finding is not None or form.what.data:
        _save_finding(page)


def _save_finding(page: _Answer) -> None:
    form, domain = page.form, page.domain
    item = item_asked_for(form.item.data)
    change = Change(
        form.what.data or "",
        owner_id=form.owner.data,
        agree_by=form.agree_by.data,
        item_id=item.id if item else None,
        theme_code=page.finding.theme_code if page.finding else None,
        domain_code=domain.domain_code,
    )
    if page.finding is None:
        commands.raise_finding(page.audit, change=change, by=me(), on=clock.today())
    elif _differs(page.finding, change):
        _change_finding(page.finding, form, change)


def _change_finding(finding: Finding, form: DomainForm, change: Change) -> None:
    version = form.finding_version.data or 0
    try:
        commands.change_finding(finding, version=version, change=change, by=me(), on=clock.today())
    except Conflict:
        form.finding_version.raw_data = [str(finding.version)]
        raise


def _differs(finding: Finding, change: Change) -> bool:
    """Whether anything was changed: a domain with a closed finding must still save."""
    now = Change(
        finding.what, finding.owner_id, finding.agree_by, finding.theme_code, finding.item_id, finding.domain_code
    )
    return now != change


def _next_url(domain: DomainGrade) -> str:
    audit, code = domain.audit, domain.domain_code
    if request.form.get("then") == "leave":
        done = shown.progress([shown.done(domain) for domain in audit.domains]).removeprefix("Domains, ")
        flash(f"{audit.reference} saved: {done}.", "saved")
        return url_for(".index", show="mine")
    if _lacks_safety_action(domain):
        flash("Saved. This grade means that a child may not be safe: say below what was done at once.", "saved")
        return url_for(".show", number=audit.number, domain=code, _anchor="safety_action")
    following, _ = shown.following(audit, code)
    if following == shown.WHOLE:
        return url_for(".finish", number=audit.number)
    return url_for(".show", number=audit.number, domain=following)
