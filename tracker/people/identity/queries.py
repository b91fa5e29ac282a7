from sqlalchemy import select

from tracker.people.identity.models import ProviderAccount
from tracker.platform.db import db


def account(issuer: str, subject: str) -> ProviderAccount | None:
    return db.session.scalars(
        select(ProviderAccount).where(ProviderAccount.issuer == issuer, ProviderAccount.subject == subject)
    ).one_or_none()
