"""What we ask about a change of what a measure counts."""

from typing import Any

from wtforms.validators import DataRequired, InputRequired, ValidationError

from tracker.indicators import rules
from tracker.indicators.forms import UNIT_LABELS, within
from tracker.indicators.meanings.rules import Counted
from tracker.indicators.rules import Period, Unit
from tracker.web.fields import (
    CheckboxField,
    ChoiceField,
    DayField,
    Form,
    HiddenVersionField,
    TextAreaField,
    TextField,
)


class _FromADay(Form):
    """From when it is counted otherwise, why, and whether that breaks the series."""

    version = HiddenVersionField(validators=[InputRequired("Open the page again, then make your change")])
    from_day = DayField(
        "From which day?",
        [InputRequired("Enter the day from which it is counted otherwise")],
        hint="The first day of the first period that is counted in the new way. Earlier figures keep their meaning.",
    )
    reason = TextAreaField(
        "Why is it counted otherwise?", [DataRequired("Say why it is counted otherwise"), within(1000)], rows=2
    )
    is_comparable = CheckboxField("Figures before and after may be compared all the same")
    because = TextAreaField(
        "Why may they be compared?",
        [within(1000)],
        hint="Only if they may. Such as: the words are clearer, and the same children are counted.",
        rows=2,
    )

    def validate_because(self, field: Any) -> None:
        if self.is_comparable.data and not (field.data or "").strip():
            raise ValidationError("Say why they may be compared")

    def comparable_because(self) -> str:
        return (self.because.data or "") if self.is_comparable.data else ""


class ChangeMeaningForm(_FromADay):
    definition = TextAreaField("What does it count?", [DataRequired("Say what it counts"), within(1000)], rows=2)
    counts = TextField("What stands above the line?", [within(200)])
    out_of = TextField("What stands below the line?", [within(200)])
    of_whom = TextField("One word for those below the line", [within(40)], hint="Such as: children")
    unit = ChoiceField(
        "What kind of figure is it?", Unit, [InputRequired("Choose the kind of figure")], labels=UNIT_LABELS
    )
    basis = TextField("How is it counted?", [DataRequired("Say how it is counted"), within(300)])
    period = ChoiceField(
        "What does one figure cover?",
        Period,
        [InputRequired("Choose what one figure covers")],
        labels=rules.PERIOD_LABELS,
    )

    def counted(self) -> Counted:
        words = ("definition", "counts", "out_of", "of_whom", "basis")
        return Counted(**{name: self[name].data or "" for name in words}, unit=self.unit.data, period=self.period.data)


class AdoptForm(_FromADay):
    """A definition of a new release, to be followed from a day on."""


class KeepForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then decide")])
    reason = TextAreaField(
        "Why does it go on being counted as before?",
        [DataRequired("Say why it goes on being counted as before"), within(1000)],
        rows=2,
    )
