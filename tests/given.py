"""What a test is given. Each builder stores one thing, inventing only what the test leaves out."""

from datetime import date
from itertools import count
from typing import TypeVar

from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import Source
from tracker.inspections.models import Inspection, Judgement, Paragraph
from tracker.people import commands as people
from tracker.people import queries as people_queries
from tracker.people.models import Authority, PartnerOrganisation, Person, Team
from tracker.people.rules import PartnerKind, Role
from tracker.platform.db import Model, db

Thing = TypeVar("Thing", bound=Model)
_several = count(1)


def stored(thing: Thing) -> Thing:
    db.session.add(thing)
    db.session.flush()
    return thing


def an_authority(*, slug: str = "brent", name: str = "Brent") -> Authority:
    """The authority at this address, made if it is not there yet."""
    return people_queries.authority(slug) or people.create_authority(slug=slug, name=name)


def a_person(
    *,
    name: str = "Priya Raman",
    email: str = "",
    password: str = "",
    authority: Authority | None = None,
    role: Role = Role.HEAD_OF_SERVICE,
    job_title: str = "",
    partner: PartnerOrganisation | None = None,
) -> Person:
    """Somebody with a role; a partner lead works for a partner, an inspector until the end of the century."""
    person = people.create_person(email=email or f"person{next(_several)}@example.org", name=name, password=password)
    authority = authority or an_authority()
    if role is Role.PARTNER_LEAD and partner is None:
        partner = stored(
            PartnerOrganisation(authority=authority, name=f"Trust {next(_several)}", kind=PartnerKind.HEALTH)
        )
    last_day = date(2099, 12, 31) if role is Role.INSPECTOR else None
    people.give_role(person, authority=authority, role=role, job_title=job_title, partner=partner, last_day=last_day)
    return person


def a_team(
    *, name: str = "Localities 2", service: str = "Help and protection", authority: Authority | None = None
) -> Team:
    return people.create_team(authority or an_authority(), name=name, service=service)


def an_inspection(
    *,
    authority: Authority | None = None,
    framework_id: str = "ilacs-2026",
    fieldwork_from: date = date(2026, 4, 27),
    fieldwork_to: date = date(2026, 5, 1),
    published_on: date = date(2026, 6, 17),
    grades: dict[str, str | None] | None = None,
    paragraphs: dict[int, tuple[str, str]] | None = None,
) -> Inspection:
    """An inspection with ``grades`` (area code to grade code) and ``paragraphs`` (number to area code and text)."""
    inspection = Inspection(
        authority=authority or an_authority(),
        framework_id=framework_id,
        activity="short",
        title="Inspection of local authority children’s services",
        authority_as_printed="Brent",
        dates_as_printed="27 April to 1 May 2026",
        fieldwork_from=fieldwork_from,
        fieldwork_to=fieldwork_to,
        published_on=published_on,
        lead_inspector="",
        file_sha256=f"{next(_several):064x}",
        file_name="report.pdf",
        pages=12,
    )
    for place, (area, grade) in enumerate((grades or {}).items()):
        inspection.judgements.append(Judgement(position=place, area_code=area, label=area, grade_code=grade))
    for place, (number, (area, text)) in enumerate((paragraphs or {}).items()):
        inspection.paragraphs.append(
            Paragraph(position=place, printed_number=number, area_code=area, text=text, page=2)
        )
    return stored(inspection)


def an_item(
    *,
    authority: Authority | None = None,
    wording: str = "The quality of plans",
    title: str = "",
    inspection: Inspection | None = None,
    source: Source = Source.INSPECTION,
    owner: Person | None = None,
    raised_on: date = date(2026, 6, 17),
) -> ImprovementItem:
    return stored(
        ImprovementItem(
            authority=authority or (inspection.authority if inspection else an_authority()),
            wording=wording,
            title=title or wording,
            source=source,
            inspection=inspection,
            finding_type="needs_to_improve",
            source_page=2,
            raised_on=raised_on,
            owner=owner,
        )
    )


def an_action(
    *,
    item: ImprovementItem | None = None,
    title: str = "Review every plan",
    lead: Person | None = None,
    due_on: date = date(2026, 12, 31),
    status: Status = Status.ON_TRACK,
    signed_off_by: Person | None = None,
    signed_off_on: date | None = None,
    difference: str = "",
) -> Action:
    item = item or an_item()
    return stored(
        Action(
            authority_id=item.authority_id,
            item=item,
            title=title,
            lead=lead or a_person(),
            due_on=due_on,
            first_due_on=due_on,
            status=status,
            signed_off_by=signed_off_by,
            signed_off_on=signed_off_on,
            difference=difference,
        )
    )
