"""What can be handed over: the newest file of a piece of evidence, or a pack that is made."""

from dataclasses import dataclass
from uuid import UUID

from tracker.evidence import queries as evidence_queries
from tracker.evidence.files import queries as files
from tracker.evidence.guard import queries as guard
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Marking, highest
from tracker.handover import rules
from tracker.handover.models import HandedFile
from tracker.packs import queries as packs
from tracker.packs.models import Pack
from tracker.packs.rules import FOR_WHO_RUNS_A_WEEK
from tracker.people.models import Authority
from tracker.platform import references, storage
from tracker.platform.errors import Refused

PDF = "application/pdf"


@dataclass(frozen=True)
class Choice:
    """A file as it is now."""

    called: str
    title: str
    version: int
    marking: Marking
    sha256: str
    name: str
    size: int
    media_type: str
    evidence_id: UUID | None = None
    pack_id: UUID | None = None


def choice(authority: Authority, reference: str) -> Choice:
    """What a reference stands for. Raises Refused, in a sentence, for what may not or cannot leave."""
    found = references.parse(reference)
    if found is None or found[0] not in (Evidence.prefix, Pack.prefix):
        raise Refused("Give the reference of evidence or of a pack, such as E-12 or P-3.")
    prefix, number = found
    chosen = _of_evidence(authority, number) if prefix == Evidence.prefix else _of_pack(authority, number)
    if not storage.exists(chosen.sha256):
        raise Refused(
            f"The file of {chosen.called} is not where files are kept. Tell whoever looks after this service."
        )
    return chosen


def _of_evidence(authority: Authority, number: int) -> Choice:
    evidence = evidence_queries.evidence(authority, number)
    if evidence is None:
        raise Refused(f"There is no E-{number} here. Look at the reference again.")
    if evidence.withdrawn_on is not None:
        raise Refused(f"{evidence.reference} was withdrawn: {evidence.withdrawn_because}. Choose what took its place.")
    if evidence.file_sha256 is None:
        raise Refused(f"{evidence.reference} has no file. Add one to it, or answer in words.")
    if why_not := why_shut(evidence):
        raise Refused(why_not)
    return Choice(
        evidence.reference,
        evidence.title,
        files.last_number(evidence) or 1,
        evidence.marking,
        evidence.file_sha256,
        evidence.file_name,
        evidence.file_size or 0,
        evidence.file_type,
        evidence_id=evidence.id,
    )


def why_shut(evidence: Evidence) -> str:
    """Why its file may not leave: the scanner has it, or it could lead to a child; empty if it may."""
    if why_not := files.why_shut(evidence.file_sha256 or ""):
        return why_not
    if guard.undecided(evidence, evidence.file_sha256):
        return f"The file of {evidence.reference} could lead to a child, and nobody has decided about that yet."
    return ""


def why_not_left(file: HandedFile) -> str:
    """Why a file that is no evidence may not leave; empty if it may, as far as its own content goes."""
    if why_not := files.why_shut(file.file_sha256):
        return why_not
    if file.read_at is None:
        return f"{file.called} is still being looked through for what could lead to a child. Try again in a minute."
    if found := rules.sure(file.found):
        return f"{file.called} has {found}. Leave it out, take that out of it, and add it again."
    return ""


def _of_pack(authority: Authority, number: int) -> Choice:
    pack = packs.pack(authority, number)
    if pack is None:
        raise Refused(f"There is no P-{number} here. Look at the reference again.")
    if pack.kind in FOR_WHO_RUNS_A_WEEK:
        raise Refused(f"{pack.reference} is a brief for our own staff. It is never handed over.")
    if pack.file_sha256 is None:
        raise Refused(f"{pack.reference} is not made yet. Its page says how far it is.")
    return Choice(
        pack.reference,
        pack.title,
        1,
        highest(one for one in Marking if one.upper() == str(pack.contents.get("marking", "")).upper()),
        pack.file_sha256,
        f"{pack.kind.value} {pack.reference}.pdf",
        pack.file_size or 0,
        PDF,
        pack_id=pack.id,
    )
