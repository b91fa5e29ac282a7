"""Attaching evidence to a finding, and closing the finding with it."""

import re
from datetime import date

from tracker.audits import commands
from tracker.audits import finding_queries as findings
from tracker.audits.evidencing import queries
from tracker.audits.evidencing.models import FindingEvidence
from tracker.audits.models import Finding
from tracker.evidence import commands as evidence_commands
from tracker.evidence import queries as evidence_queries
from tracker.evidence.models import Evidence
from tracker.people.models import Person
from tracker.platform import child_data, history
from tracker.platform.db import db
from tracker.platform.errors import Refused

NAMED = re.compile(r"\bE-(\d{1,9})\b", re.IGNORECASE)


def attach(finding: Finding, evidence: Evidence, *, shows_there: str) -> FindingEvidence:
    """Say what a piece of evidence shows about a finding, open or closed."""
    evidence_commands.require_standing(evidence)
    if evidence.authority_id != finding.authority_id:
        raise Refused(f"{finding.reference} belongs to another authority.")
    if not shows_there.strip():
        raise Refused("Say what it shows about this finding.")
    if any(tie.evidence_id == evidence.id for tie in queries.of_finding(finding)):
        raise Refused(f"{evidence.reference} is attached to {finding.reference} already.")
    child_data.check({"What it shows": shows_there}, reason=evidence.not_child_data_because)
    tie = FindingEvidence(
        authority_id=finding.authority_id, finding=finding, evidence=evidence, shows_there=shows_there.strip()
    )
    db.session.add(tie)
    history.record(finding, f"given {evidence.reference} as evidence")
    history.record(evidence, f"attached to {finding.reference}")
    return tie


def attach_to(evidence: Evidence, number: int, shows_there: str) -> None:
    """As ``attach``, from the page of the evidence: to a finding by its number."""
    finding = findings.finding(evidence.authority, number)
    if finding is None:
        raise Refused(f"There is no finding F-{number} here. Look it up in the list of findings.")
    attach(finding, evidence, shows_there=shows_there or evidence.shows)


def detach(tie: FindingEvidence) -> None:
    db.session.delete(tie)
    history.record(tie.finding, f"no longer given {tie.evidence.reference} as evidence")
    history.record(tie.evidence, f"no longer attached to {tie.finding.reference}")


def close_with(finding: Finding, *, version: int, because: str, evidence: str, by: Person, on: date) -> None:
    """Close it with what changed for children and where that was seen.

    Each reference such as E-231 in ``evidence`` must be evidence that stands, and is attached if it was not yet.
    """
    named = [_standing(finding, int(number)) for number in dict.fromkeys(NAMED.findall(evidence))]
    commands.close_by_evidence(finding, version=version, because=because, evidence=evidence, by=by, on=on)
    there = {tie.evidence_id for tie in queries.of_finding(finding)}
    for each in named:
        if each.id not in there:
            attach(finding, each, shows_there=because)


def _standing(finding: Finding, number: int) -> Evidence:
    found = evidence_queries.evidence(finding.authority, number)
    if found is None:
        raise Refused(f"There is no evidence E-{number} here. Look it up in the register.")
    evidence_commands.require_standing(found)
    return found
