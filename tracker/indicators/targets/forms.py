"""What we ask about targets."""

from wtforms.validators import DataRequired, InputRequired

from tracker.indicators.forms import within
from tracker.indicators.models import Measure
from tracker.indicators.rules import APART, Ambition, Unit
from tracker.indicators.targets.commands import Aimed
from tracker.web.fields import ChoiceField, DayField, Form, HiddenVersionField, NumberField, TextAreaField

AMBITION_HINTS = {
    Ambition.TARGET: "What has to be reached. A figure that misses it is off target.",
    Ambition.STRETCH: "What could be reached at its best, for the same day. Missing it is no failure.",
}


class TargetForm(Form):
    ambition = ChoiceField(
        "What is it?", Ambition, [InputRequired("Choose target or stretch")], hints=AMBITION_HINTS, default="Target"
    )
    figure = NumberField("Figure")
    by = DayField("To be reached by", hint="Such as 31 March 2027. Leave empty if it holds at all times.")
    reason = TextAreaField(
        "Why is this the target now?",
        [DataRequired("Say why this is the target now"), within(1000)],
        hint="Who agreed it, and on what grounds.",
        rows=2,
    )

    def fit(self, measure: Measure) -> None:
        unit = "" if measure.unit is Unit.COUNT else f" ({measure.unit.value})"
        self.figure.label.text = f"Figure{unit}"

    def aimed(self) -> Aimed:
        return Aimed(ambition=self.ambition.data, figure=self.figure.data, by=self.by.data, why=self.reason.data or "")


class ChangeTargetForm(TargetForm):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then change the target")])


class TakeBackForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then take the target back")])
    reason = TextAreaField(
        "Why is it no longer aimed at?", [DataRequired("Say why it is no longer aimed at"), within(1000)], rows=2
    )


class ToleranceForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then save")])
    tolerance = NumberField("How far off its target still counts as near?")

    def fit(self, measure: Measure) -> None:
        unit = APART.get(measure.unit, "{}").format("").strip() or measure.unit.value
        self.tolerance.label.text += "" if measure.unit is Unit.COUNT else f" ({unit})"
        self.tolerance.description = "Such as 2. Leave empty for a twentieth of the target."
