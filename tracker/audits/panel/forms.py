from collections.abc import Iterator, Mapping, Sequence

from wtforms.validators import Length

from tracker.audits.forms import NOT_APPLICABLE, WholeForm
from tracker.audits.models import Audit
from tracker.audits.panel.models import PanelSeat
from tracker.audits.rules import DOES_NOT_APPLY, LONGEST_TEXT, Given
from tracker.people.models import Person
from tracker.web.fields import CheckboxesField, Form, HiddenVersionField, SelectField, TextAreaField

_long = Length(max=LONGEST_TEXT, message=f"Use at most {LONGEST_TEXT:,} characters")


class ConveneForm(Form):
    version = HiddenVersionField()
    members = CheckboxesField("Who else grades this case?")

    def offer(self, possible: Sequence[Person]) -> None:
        self.members.offer([(str(person.id), person.name) for person in possible])


class PanelForm(WholeForm):
    """A grade for every domain and for the case, with why: one member's, or the panel's."""

    reason = TextAreaField("Why this grade?", [_long], hint="What in the record led you to it.")
    codes: Sequence[str] = ()

    @property
    def domains(self) -> Mapping[str, Given]:
        """Only those that were graded or said not to apply."""
        chosen = {code: self[f"domain_{code}"].data for code in self.codes}
        return {code: _given(value) for code, value in chosen.items() if value}

    def start(self, seat: PanelSeat) -> None:
        """Begin with what a member gave."""
        self.grade.data = seat.grade_code
        for code in self.codes:
            given = seat.gave(code)
            self[f"domain_{code}"].data = given.grade_code if given.applies else NOT_APPLICABLE


def _given(value: str) -> Given:
    return Given(None, applies=False) if value == NOT_APPLICABLE else Given(value)


def form_for(audit: Audit) -> PanelForm:
    """The form with a choice for each domain of an audit."""
    asking: type[PanelForm] = type("PanelForm", (PanelForm,), dict(_fields(audit)))
    form = asking()
    form.codes = [domain.domain_code for domain in audit.domains]
    form.ask(audit.tool)
    grades = [(grade.code, grade.short_label) for grade in audit.tool.grades]
    for code in form.codes:
        form[f"domain_{code}"].offer([*grades, (NOT_APPLICABLE, DOES_NOT_APPLY)])
    return form


def _fields(audit: Audit) -> Iterator[tuple[str, object]]:
    for domain in audit.domains:
        asked = SelectField(domain.domain.name, blank="Choose a grade", hint=domain.domain.question)
        yield f"domain_{domain.domain_code}", asked
