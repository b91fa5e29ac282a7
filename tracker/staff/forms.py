"""What we ask about somebody who works here."""

from collections.abc import Sequence

from wtforms.validators import Email, InputRequired, Length

from tracker.people.models import Membership, PartnerOrganisation, ServiceArea
from tracker.people.rules import ROLE_LABELS, Role
from tracker.web.fields import (
    CheckboxesField,
    ChoiceField,
    DayField,
    EmailField,
    Form,
    HiddenVersionField,
    PersonField,
    TextAreaField,
    TextField,
)

REASON = Length(max=1000, message="Use 1,000 characters or fewer")


class WhatForm(Form):
    role = ChoiceField("Role", Role, [InputRequired("Choose the role")], labels=ROLE_LABELS)
    job_title = TextField("Job title", [Length(max=120)], hint="As colleagues say it. Left empty, the role’s own name.")
    partner = PersonField("Partner organisation", blank="Works for the council itself", hint="For a partner lead.")
    service_area = PersonField(
        "Service area", blank="All of children’s services", hint="For a head of service: what she may change."
    )
    last_day = DayField("Last day", hint="An inspector needs one. Left empty, until somebody ends it.")

    def offer(self, organisations: Sequence[PartnerOrganisation], service_areas: Sequence[ServiceArea]) -> None:
        self.partner.offer((one.id, one.name) for one in organisations)
        self.service_area.offer((one.id, one.name) for one in service_areas)

    def start(self, membership: Membership) -> None:
        self.role.data, self.job_title.data = membership.role, membership.job_title
        self.partner.data, self.last_day.data = membership.partner_id, membership.last_day
        self.service_area.data = membership.service_area_id


class AddForm(WhatForm):
    name = TextField("Name", [InputRequired("Enter the name"), Length(max=200)])
    email = EmailField(
        "E-mail address", [InputRequired("Enter the e-mail address"), Email("Enter an e-mail address"), Length(max=254)]
    )


class ServiceAreaForm(Form):
    name = TextField("Name", [InputRequired("Enter the name"), Length(max=120)], hint="Such as Leaving care.")
    areas = CheckboxesField("Judgement areas that it works in", [InputRequired("Choose one judgement area or more")])
    version = HiddenVersionField()


class LeaveForm(Form):
    to = PersonField("Who takes the work over?", blank="Nobody: there is none")
    reason = TextAreaField("Why", [InputRequired("Say why"), REASON], rows=2, hint="It stands in the history of each.")

    def offer(self, colleagues: Sequence[Membership]) -> None:
        self.to.offer((one.person_id, f"{one.person.name}, {one.title}") for one in colleagues)
