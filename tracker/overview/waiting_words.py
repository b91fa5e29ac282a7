"""What waits for one person, in words: each a link to where she deals with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import url_for

from tracker.actions.models import Action
from tracker.audits.models import Audit, Finding
from tracker.evidence import rules as evidence_rules
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Freshness
from tracker.overview.waiting import Found, WaitingRows
from tracker.self_evaluation import rules as statement_rules
from tracker.self_evaluation import sentences
from tracker.self_evaluation.models import Statement
from tracker.web.filters import count_of, short_day
from tracker.web.links import reference_url


@dataclass(frozen=True)
class Waiting:
    """Something that waits: a link, and who or why."""

    text: str
    url: str
    detail: str
    rest: str = ""
    """Said after the link."""


@dataclass(frozen=True)
class PassedUp:
    """An audit that asks for an answer about a child's safety."""

    reference: str
    team: str
    auditor: str
    at: datetime
    url: str


def listed(rows: WaitingRows, contradicted: Sequence[Found], today: date) -> list[Waiting]:
    """Everything but signatures; ``contradicted`` are the statements that audits contradict."""
    claims = [(each, _claims(each)) for each in rows.statements if each not in contradicted]
    return [
        *[_contradicts(each) for each in contradicted],
        *[_claiming(each, number) for each, number in claims if number],
        *[_remarks(each) for each in rows.remarks],
        *[_finding(each) for each in rows.findings],
        *[_removed_file(each) for each in rows.removed],
        *[_undescribed(each) for each in rows.files],
        *[_aged(each, today) for each in rows.evidence],
    ]


def passed_up(rows: WaitingRows) -> list[PassedUp]:
    return [
        PassedUp(
            f"{Audit.prefix}-{each.number}",
            each.words,
            each.title,
            datetime.fromisoformat(each.asks).replace(tzinfo=UTC),
            url_for("audits.safety", number=each.number),
        )
        for each in rows.safety
    ]


def to_sign(rows: WaitingRows) -> list[Waiting]:
    return [
        Waiting(
            f"{Action.prefix}-{each.number} to sign off",
            url_for("actions.sign_off", number=each.number),
            f"{each.title}. Delivered by {each.words} on {short_day(each.day)}",
        )
        for each in rows.to_sign
    ]


def with_others(rows: WaitingRows) -> list[Waiting]:
    """What she delivered and who has it now."""
    return [
        Waiting(
            f"{Action.prefix}-{each.number} with {each.words or 'a director'}",
            url_for("actions.show", number=each.number),
            each.title,
        )
        for each in rows.with_others
    ]


def _contradicts(statement: Found) -> Waiting:
    reference = f"{Statement.prefix}-{statement.number}"
    return Waiting(
        f"{reference} contradicts audits",
        reference_url(reference),
        "You are the author. Change the words or cite evidence",
    )


def _claims(statement: Found) -> int:
    """Sentences that claim something and cite nothing: what an inspector asks about first."""
    read = [sentence for block in sentences.blocks(statement.words) for sentence in block.sentences]
    question = statement_rules.Question(statement.asks)
    return sum(
        statement_rules.mark(each, question=question, cited={}).mark is not None for each in read if not each.cites
    )


def _claiming(statement: Found, number: int) -> Waiting:
    reference = f"{Statement.prefix}-{statement.number}"
    return Waiting(
        f"{reference} makes {count_of(number, 'claim')} without evidence",
        reference_url(reference),
        f"{statement.title}. You are the author",
    )


def _remarks(statement: Found) -> Waiting:
    number, of = int(statement.words), f"From {statement.asks}" if statement.asks else "From several colleagues"
    return Waiting(
        f"{count_of(number, 'remark')} on {Statement.prefix}-{statement.number}",
        url_for("self_evaluation.remarks", number=statement.number),
        f"{statement.title}. {of}. {'Settle it' if number == 1 else 'Settle each'} before sign-off",
    )


def _finding(finding: Found) -> Waiting:
    reference = f"{Finding.prefix}-{finding.number}"
    by = f". Agree it by {short_day(finding.day)}" if finding.day else ""
    return Waiting(
        f"{reference} needs an action", reference_url(reference), f"From {finding.words}: {finding.title}{by}"
    )


def _undescribed(files: Found) -> Waiting:
    text = f"{count_of(files.number, 'file')} that you added"
    return Waiting(text, url_for("evidence_several.describe"), "Say what each shows, or throw it away")


def _removed_file(evidence: Found) -> Waiting:
    reference = f"{Evidence.prefix}-{evidence.number}"
    detail = f"{evidence.title}. The virus scanner found “{evidence.words}”: add a clean copy"
    return Waiting(f"{reference} has lost its file", reference_url(reference), detail)


def _aged(evidence: Found, today: date) -> Waiting:
    reference, stale_on = f"{Evidence.prefix}-{evidence.number}", date.fromisoformat(evidence.words)
    dated = evidence.day or today
    if evidence_rules.freshness(stale_on, today) is Freshness.STALE:
        return Waiting(
            f"{reference} is stale",
            reference_url(reference),
            f"{evidence.title}, {evidence_rules.age(dated, today)}",
        )
    return Waiting(
        f"{reference} is going stale",
        reference_url(reference),
        f"{evidence.title}, of {dated:%B %Y}. Stale on {short_day(stale_on)}",
    )
