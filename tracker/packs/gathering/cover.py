"""What stands on the cover of a pack, and the rest that all kinds share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reports.contents import Approval, Chapter, Kind, Meaning, PackContents, Row
from tracker.evidence.rules import Marking
from tracker.packs.gathering.packs import INVENTED
from tracker.people.models import Authority


@dataclass(frozen=True)
class Cover:
    """What a kind of pack says of itself."""

    kind: Kind
    title: str
    """ "Scorecard of children’s services"; what stands before its last "of" heads every page."""
    subtitle: str
    prepared_for: str


def bound(
    cover: Cover,
    authority: Authority,
    chapters: Sequence[Chapter],
    *,
    reference: str,
    today: date,
    version: str,
    demonstration: bool,
    replaces: str = "",
    how_to_read: Mapping[str, str] | None = None,
    signed_off: Approval | None = None,
    status_meanings: tuple[Meaning, ...] = (),
) -> PackContents:
    """The chapters with their cover; a demonstration says that it is one."""
    read = ({"What is real": INVENTED} if demonstration else {}) | dict(how_to_read or {})
    return PackContents(
        kind=cover.kind,
        reference=reference,
        title=cover.title,
        short_title=f"{authority.name} children’s services: {cover.title.rpartition(' of ')[0].lower()}",
        authority=authority.name,
        version=version,
        made_on=today,
        as_at=today,
        marking=str(Marking.OFFICIAL).upper(),
        marking_note="no child can be identified from it",
        subtitle=cover.subtitle,
        prepared_for=cover.prepared_for,
        replaces=replaces,
        demonstration=INVENTED if demonstration else "",
        signed_off=signed_off,
        approvals=(signed_off,) if signed_off else (),
        how_to_read=tuple(Row(head=head, points=(words,)) for head, words in read.items()),
        status_meanings=status_meanings,
        chapters=tuple(chapters),
    )
