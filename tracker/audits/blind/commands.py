"""Choosing what is moderated: the share, and one audit that was not chosen."""

from tracker.audits.blind import rules
from tracker.audits.blind.models import ModerationSampling
from tracker.audits.blind.queries import chosen_sampling
from tracker.audits.blind.rules import Moderation, Sampling
from tracker.audits.commands.checks import (
    changed_since,
    flush,
    require,
    require_made_here,
    require_may,
    require_version,
    require_words,
)
from tracker.audits.models import Audit
from tracker.audits.rules import AuditState
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission
from tracker.platform.db import db
from tracker.platform.errors import Refused


def choose_sampling(authority: Authority, *, version: int, sampling: Sampling, by: Person) -> None:
    """Say which audits are moderated from now on; what is finished already stays as it was decided.

    ``version`` is the one that the person saw; 0 while nothing was chosen.
    """
    require_may(by, authority, Permission.MODERATE_AUDITS)
    require(rules.why_not_share(sampling.share))
    chosen = chosen_sampling(authority)
    if (chosen.version if chosen else 0) != version:
        raise changed_since("Which audits are moderated")
    if chosen is None:
        chosen = ModerationSampling(authority=authority)
        db.session.add(chosen)
    chosen.share, chosen.ends = sampling.share, sampling.ends
    flush("Which audits are moderated")


def ask_for_moderation(audit: Audit, *, version: int, because: str, by: Person) -> None:
    """Have an audit moderated that was not chosen. Its grades could be read, so the second is not counted as blind."""
    require_may(by, audit.authority, Permission.LOG_AUDITS)
    require_version(audit, version)
    require_made_here(audit)
    if audit.state is not AuditState.DONE or audit.moderation is not Moderation.NOT_CHOSEN:
        raise Refused(f"{audit.reference} is {_standing(audit)}. Nobody has to ask for it.")
    require_words(because, "Say why it should be moderated.")
    audit.moderation, audit.moderation_asked_by = Moderation.ASKED, by
    audit.moderation_asked_because = because.strip()
    flush(audit.reference)


def _standing(audit: Audit) -> str:
    if audit.state is AuditState.MODERATED:
        return "moderated already"
    return "still a draft" if audit.state is AuditState.DRAFT else "to be moderated already"
