"""What a test about evidence is given."""

import io
import zipfile
from datetime import date

from tests.given import an_authority, stored
from tracker.actions.models import Action
from tracker.evidence.commands import Description, Upload
from tracker.evidence.files.models import FileVersion
from tracker.evidence.models import Evidence, EvidenceLink, PracticeExample
from tracker.evidence.rules import Kind, Strength, VoiceOf
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.platform import storage

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def evidence(
    *,
    authority: Authority | None = None,
    title: str = "PLO tracker summary",
    kind: Kind = Kind.DATA,
    dated: date = date(2026, 11, 12),
    shows: str = "Delay has fallen in three of four teams",
    strength: Strength = Strength.OUTCOME,
    owner: Person | None = None,
    item: ImprovementItem | None = None,
    action: Action | None = None,
    area_code: str | None = None,
    theme_code: str | None = None,
    shows_there: str = "",
    withdrawn_on: date | None = None,
) -> Evidence:
    """A piece of evidence, linked to each thing that is named."""
    linked_to: Authority | None = (item.authority if item else None) or (action.authority if action else None)
    given = Evidence(
        authority=authority or linked_to or an_authority(),
        title=title,
        kind=kind,
        dated=dated,
        shows=shows,
        strength=strength,
        owner=owner,
        withdrawn_on=withdrawn_on,
        withdrawn_because="Counted twice" if withdrawn_on else "",
        **_what_only_its_kind_has(kind),
    )
    for place in ({"item": item}, {"action": action}, {"area_code": area_code}, {"theme_code": theme_code}):
        if all(place.values()):
            given.links.append(EvidenceLink(authority=given.authority, shows_there=shows_there, **place))
    stored(given)
    if given.file_sha256 is not None:
        stored(_first_version(given, given.file_sha256))
    return given


def _first_version(evidence: Evidence, sha256: str) -> FileVersion:
    return FileVersion(
        authority=evidence.authority, evidence=evidence, number=1, file_sha256=sha256, file_name=evidence.file_name,
        file_size=evidence.file_size, file_type=evidence.file_type,
    )  # fmt: skip


def a_description(
    *,
    title: str = "PLO tracker summary",
    dated: date = date(2026, 11, 12),
    shows: str = "Delay has fallen in three of four teams",
    strength: Strength = Strength.OUTCOME,
    words: str = "",
    voice_of: VoiceOf | None = None,
    consent: str = "",
    url: str = "",
    not_child_data_because: str = "",
) -> Description:
    return Description(
        title=title,
        dated=dated,
        shows=shows,
        strength=strength,
        words=words,
        voice_of=voice_of,
        consent=consent,
        url=url,
        not_child_data_because=not_child_data_because,
    )


def an_upload(content: bytes = PDF, name: str = "PLO tracker.pdf") -> Upload:
    return Upload(io.BytesIO(content), name)


def an_office_file(member: str = "word/document.xml", *others: str) -> bytes:
    """A zip with the part that makes it a Word, Excel or PowerPoint file, and perhaps other parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in ("[Content_Types].xml", member, *others):
            archive.writestr(name, "<xml/>")
    return content.getvalue()


def _what_only_its_kind_has(kind: Kind) -> dict[str, object]:
    if kind is Kind.VOICE:
        return {
            "words": "She told us what would happen next",
            "voice_of": VoiceOf.PARENT,
            "consent": "Asked on the day",
        }
    if kind is Kind.LINK:
        return {"url": "https://intranet.example.org/plo"}
    if kind is Kind.PRACTICE_EXAMPLE:
        practice = PracticeExample(
            authority=an_authority(),
            contact="Practice lead",
            team="Localities 2",
            aims="Fewer delays",
            done="Met weekly",
        )
        return {"practice": practice}
    if kind is Kind.FILE:
        kept = storage.keep(io.BytesIO(PDF))
        return {
            "file_sha256": kept.sha256, "file_size": kept.size, "file_name": "plan.pdf", "file_type": "application/pdf",
        }  # fmt: skip
    return {}
