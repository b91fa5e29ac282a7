"""Whoever asked for a pack may close the browser: she is mailed its address once it is made, or why it is not."""

from typing import Protocol
from uuid import UUID

from flask import Flask, current_app

from tracker.packs import queries
from tracker.packs.models import Pack, PackSet
from tracker.people.models import Authority, Person

Page = tuple[str, dict[str, object]]
"""An endpoint, and what names the page."""


class Tell(Protocol):
    """Writes the mail, unless its reader wants none. ``about`` is told once."""

    def __call__(
        self, authority: Authority, person: Person, *, about: UUID, subject: str, sentence: str, page: Page
    ) -> None: ...


def init_mailing(app: Flask, tell: Tell) -> None:
    app.extensions["packs_mailing"] = tell


def tell(pack: Pack, *, why_not: str = "") -> None:
    """Nothing for a pack that was asked for at a prompt. A try that failed and one that did not are two mails."""
    if pack.asked_by is None or queries.is_told_with_others(pack):
        return
    about = pack.job_id if why_not and pack.job_id else pack.id
    if why_not:
        subject, sentence = f"{pack.reference} could not be made", f"It could not be made: {pack.title}. {why_not}"
    else:
        subject = f"{pack.reference} is ready"
        sentence = f"It is made and can be downloaded from its page: {pack.title}."
    page: Page = ("packs.show", {"number": pack.number})
    _tell()(pack.authority, pack.asked_by, about=about, subject=subject, sentence=sentence, page=page)


def tell_of_set(made: PackSet, *, why_not: str = "") -> None:
    """Everything that was asked for together, in one mail; each try is told once. Nothing for what is made ahead."""
    if made.asked_by is None:
        return
    page: Page = ("pack_sets.show", {"set_id": made.id})
    if why_not:
        subject, sentence = "Everything as at now could not be made", f"Nothing could be put together. {why_not}"
    else:
        subject = "Everything as at now is ready"
        sentence = "The packs as at one moment are in one zip, with an index and checksums."
        if missing := [one.reference for one in made.packs if not one.file_sha256]:
            sentence += f" Without {', '.join(missing)}, which could not be made: its page has a button to try again."
    about = made.job_id or made.id
    _tell()(made.authority, made.asked_by, about=about, subject=subject, sentence=sentence, page=page)


def _tell() -> Tell:
    told: Tell = current_app.extensions["packs_mailing"]
    return told
