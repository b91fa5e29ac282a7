"""Asking for a bundle: what is in it is frozen now; a worker packs the files later."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from tracker.evidence.bundles import names, rules
from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.bundles.rules import Contents, Entry, Place, State
from tracker.evidence.files import queries as files
from tracker.evidence.guard import queries as guard
from tracker.evidence.models import Evidence
from tracker.evidence.places import places_of
from tracker.evidence.rules import Freshness, Marking
from tracker.people.models import Authority, Person
from tracker.platform import clock, history, jobs, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.storage import Stored

MAKE = "evidence.make_bundle"


def gathered(
    authority: Authority, pieces: Sequence[Evidence], *, about: str, at: datetime, demonstration: bool
) -> Contents:
    """What a bundle of these pieces would hold, by number; ``about`` says in words what they are the evidence of."""
    today = at.astimezone(clock.LONDON).date()
    shut = _shut(authority, [one.file_sha256 for one in pieces if one.file_sha256])
    entries = [_entry(one, shut, today=today) for one in sorted(pieces, key=lambda one: one.number)]
    return Contents(
        authority=authority.name,
        about=about,
        as_at=today.isoformat(),
        marking=rules.marking_of(one.marking for one in pieces),
        entries=tuple(entries),
        demonstration=demonstration,
    )


def ask(
    authority: Authority, contents: Contents, *, sensitive_agreed: bool, by: Person, at: datetime
) -> EvidenceBundle:
    """Freeze ``contents`` and queue the packing.

    Raises Refused for nothing, for more than a bundle may hold, and for what is Official-Sensitive unless the person
    has agreed to that.
    """
    if not contents.taken:
        raise Refused("There is no evidence to put into a bundle here. Choose another area, item or filter.")
    if len(contents.entries) > rules.MOST_PIECES:
        raise Refused(f"A bundle holds {rules.MOST_PIECES:,} pieces at most. Choose an area, an item or a kind.")
    if contents.size > rules.LARGEST:
        most = rules.LARGEST // 1024**3
        raise Refused(f"The files are more than {most} GB together. Choose an area, an item or a kind.")
    if contents.marking == Marking.OFFICIAL_SENSITIVE and not sensitive_agreed:
        raise Refused("Some of it is Official-Sensitive. Say that it will be handled as such.")
    bundle = EvidenceBundle(
        authority=authority,
        about=contents.about,
        marking=contents.marking,
        pieces=len(contents.taken),
        asked_at=at,
        asked_by=by,
        contents=contents.to_json(),
        contents_sha256=contents.digest(),
    )
    db.session.add(bundle)
    db.session.flush()
    _queue(bundle)
    return bundle


def ask_again(bundle: EvidenceBundle) -> None:
    """Queue the packing of what was frozen once more, after it failed."""
    if bundle.state is not State.FAILED:
        raise Refused(f"This bundle is {bundle.state.lower()}. Look at its page again.")
    _queue(bundle)


def keep_file(bundle: EvidenceBundle, stored: Stored, *, at: datetime) -> None:
    """The bundle is made: say which file it is."""
    bundle.file_sha256, bundle.file_size, bundle.made_at = stored.sha256, stored.size, at
    db.session.flush()


def note_download(bundle: EvidenceBundle) -> str:
    """Record that somebody takes the bundle away; the key of its content.

    Raises Refused until it is made, and when a file in it may not be opened any more.
    """
    if bundle.file_sha256 is None:
        raise Refused("The bundle is not made yet. Its page says when it is.")
    if not storage.exists(bundle.file_sha256):
        raise Refused(
            "The bundle is not where files are kept. Make it again, or tell whoever looks after this service."
        )
    shut = _shut(bundle.authority, [entry.sha256 for entry in bundle.held.files])
    for entry in bundle.held.files:
        if entry.sha256 in shut:
            raise Refused(f"{entry.reference}: {shut[entry.sha256]} Ask for the bundle anew.")
    history.record(bundle, "downloaded")
    return bundle.file_sha256


def _shut(authority: Authority, keys: Sequence[str]) -> Mapping[str, str]:
    """Why files may leave us in no bundle, by key: the scanner's reasons, or that they could lead to a child."""
    return {**guard.held_back_files(authority), **files.shut(keys)}


def _queue(bundle: EvidenceBundle) -> None:
    bundle.job = jobs.enqueue(MAKE, {"bundle": str(bundle.id)}, authority_id=bundle.authority_id)
    db.session.flush()


def _entry(one: Evidence, shut: Mapping[str, str], *, today: date) -> Entry:
    left_out = _left_out(one, shut)
    has_file = one.file_sha256 is not None and not left_out
    said_by = ", ".join(part for part in (str(one.voice_of or ""), one.setting) if part)
    return Entry(
        reference=one.reference,
        title=one.title,
        kind=str(one.kind),
        strength=str(one.strength),
        dated=one.dated.isoformat(),
        freshness=_freshness(one, today),
        owner=one.owner.name if one.owner else "",
        origin=one.origin,
        marking=str(one.marking),
        shows=one.shows,
        places=tuple(Place(f"{place.reference} {place.name}".strip(), place.shows) for place in places_of(one)),
        file=names.file_name(one) if has_file else "",
        sha256=(one.file_sha256 or "") if has_file else "",
        size=(one.file_size or 0) if has_file else 0,
        url="" if left_out else one.url,
        words="" if left_out else one.words,
        said_by="" if left_out else said_by,
        left_out=left_out,
    )


def _freshness(one: Evidence, today: date) -> str:
    return one.stale_words(today) if one.freshness(today) is Freshness.STALE else "Fresh"


def _left_out(one: Evidence, shut: Mapping[str, str]) -> str:
    """Why a piece is named in the index and not in the bundle, as a sentence; empty where it is in it."""
    if one.withdrawn_on is not None:
        return f"Withdrawn on {one.withdrawn_on:%-d %B %Y}: {one.withdrawn_because}"
    return shut.get(one.file_sha256 or "", "")
