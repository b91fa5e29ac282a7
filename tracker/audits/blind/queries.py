"""The questions of who may see what, as conditions of statements, and what an authority has chosen."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from tracker.audits.blind.models import ModerationSampling
from tracker.audits.blind.rules import Moderation, Sampling, Viewer, moderates
from tracker.audits.models import Audit
from tracker.audits.panel.models import PanelSeat
from tracker.audits.rules import AuditState
from tracker.people.models import Authority
from tracker.people.rules import Permission, may
from tracker.platform.db import db


def chosen_sampling(authority: Authority) -> ModerationSampling | None:
    return db.session.scalars(
        select(ModerationSampling).where(ModerationSampling.authority_id == authority.id)
    ).one_or_none()


def sampling(authority: Authority) -> Sampling:
    chosen = chosen_sampling(authority)
    return chosen.sampling if chosen else Sampling()


def known_to(viewer: Viewer) -> ColumnElement[bool]:
    """As ``rules.shows_audit``, of the audits of a statement."""
    return true() if may(viewer.role, Permission.READ_EVERY_AUDIT) else Audit.auditor_id == viewer.id


def shown_to(viewer: Viewer) -> ColumnElement[bool]:
    """As ``rules.shows_grades``, of the audits of a statement."""
    if not moderates(viewer):
        return or_(Audit.state == AuditState.MODERATED, Audit.moderator_id.is_(None), Audit.moderator_id != viewer.id)
    not_hers = or_(Audit.moderator_id.is_(None), Audit.moderator_id != viewer.id)
    open_to_her = or_(Audit.moderation == Moderation.NOT_CHOSEN, Audit.moderation_asked_by_id == viewer.id)
    return or_(Audit.state == AuditState.MODERATED, Audit.auditor_id == viewer.id, and_(not_hers, open_to_her))


def shown_to_all(of: type[Audit] = Audit) -> ColumnElement[bool]:
    """Audits whose grades nobody has to be kept from any more: what a count, or a document that travels, may say.

    ``of``: an alias of audits, where a statement has two of them.
    """
    return or_(
        of.state == AuditState.MODERATED,
        and_(of.state == AuditState.DONE, of.moderation == Moderation.NOT_CHOSEN),
    )


def waits_for(viewer: Viewer) -> ColumnElement[bool]:
    """Finished audits that somebody may begin to moderate, and those that she has begun; never her own."""
    if not moderates(viewer):
        return false()
    asked = or_(Audit.moderation_asked_by_id.is_(None), Audit.moderation_asked_by_id != viewer.id)
    waiting = and_(
        Audit.moderator_id.is_(None),
        Audit.state == AuditState.DONE,
        Audit.moderation.in_((Moderation.CHOSEN, Moderation.ASKED)),
        Audit.auditor_id != viewer.id,
        asked,
    )
    seated = exists().where(
        PanelSeat.audit_id == Audit.id, PanelSeat.person_id == viewer.id, PanelSeat.given_on.is_(None)
    )
    hers = or_(Audit.moderator_id == viewer.id, seated)
    return or_(waiting, and_(hers, Audit.state != AuditState.MODERATED))
