"""What we ask about what rests on a measure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from wtforms.validators import InputRequired, Length

from tracker.actions.models import Action
from tracker.frameworks.schema import Framework
from tracker.indicators import rules
from tracker.indicators.models import Measure
from tracker.indicators.resting.commands import Promise
from tracker.indicators.resting.models import SuccessMeasure
from tracker.indicators.resting.rules import Baseline
from tracker.indicators.rules import Unit
from tracker.platform.errors import Refused
from tracker.web.fields import DayField, Form, HiddenVersionField, NumberField, SelectField, TextField

TYPED = "typed"
OFFERED = 24
"""Figures offered as a baseline, newest first. Our choice: two years of months."""


class WhichMeasureForm(Form):
    measure = SelectField("Measure", [InputRequired("Choose a measure")], blank="Choose a measure", coerce=int)

    def offer(self, measures: Iterable[Measure]) -> None:
        self.measure.offer((one.number, f"{one.reference} {one.name} ({one.basis})") for one in measures)


class WhichActionForm(Form):
    action = SelectField("Action", [InputRequired("Choose an action")], blank="Choose an action", coerce=int)

    def offer(self, by_item: Mapping[str, Sequence[Action]]) -> None:
        self.action.offer(
            {item: [(one.number, f"{one.reference} {one.title}") for one in some] for item, some in by_item.items()}
        )


class ThemeForm(Form):
    theme = SelectField("Theme", [InputRequired("Choose a theme")], blank="Choose a theme")

    def offer(self, framework: Framework, taken: Iterable[str]) -> None:
        left_out = set(taken)
        groups = {
            area.short_name: [(one.code, f"{one.code} {one.name}") for one in area.themes if one.code not in left_out]
            for area in framework.judged_areas
        }
        self.theme.offer({name: group for name, group in groups.items() if group})


class PromiseForm(Form):
    """From where to where a measure is to move for one action."""

    version = HiddenVersionField()
    baseline = SelectField("Where did it stand before? (its baseline)", blank="No baseline yet")
    value = NumberField("The figure")
    first_day = DayField("First day of its period", hint="Such as 1 April 2026")
    last_day = DayField("Last day of its period", hint="Such as 30 June 2026. For one day only, leave the first empty.")
    origin = TextField(
        "Where does it come from?",
        [Length(max=200, message="Use 200 characters or fewer")],
        hint="Such as: the dip sample of June 2026",
    )
    target = NumberField("What should it reach?")
    target_by = DayField("By when?", hint="Such as 31 March 2027")

    def fit(self, measure: Measure, done_on: date | None) -> None:
        """Offer the measure's own figures as its baseline: those of periods that had ended when the action was done."""
        ended = [one for one in reversed(measure.series) if done_on is None or one.period_end <= done_on]
        own = [
            (
                one.period_end.isoformat(),
                f"{rules.written(one.value, measure.unit)} in {rules.period_name(one.period_start, one.period_end)}",
            )
            for one in ended[:OFFERED]
        ]
        self.baseline.offer([*own, (TYPED, "Another figure, typed below")])
        unit = "" if measure.unit is Unit.COUNT else f" ({measure.unit.value})"
        self.value.label.text, self.target.label.text = f"The figure{unit}", f"What should it reach?{unit}"

    def aim_at(self, target: Decimal | None, by: date | None) -> None:
        self.target.data, self.target_by.data = _plain(target), by if target is not None else None

    def start_with(self, success: SuccessMeasure) -> None:
        """What was promised before."""
        self.version.data = success.version
        self.aim_at(success.target, success.target_by)
        if success.baseline is None or success.baseline_end is None:
            return
        own = success.baseline_end.isoformat()
        offered = {choice.value for choice in self.baseline.choices}
        typed = bool(success.baseline_origin) or own not in offered
        self.baseline.data = TYPED if typed else own
        if typed:
            self.value.data, self.origin.data = _plain(success.baseline), success.baseline_origin
            self.first_day.data, self.last_day.data = success.baseline_start, success.baseline_end

    def promise(self, measure: Measure) -> Promise:
        """Raises Refused where a typed baseline lacks its figure, its period or where it comes from."""
        origin = (self.origin.data or "").strip() if self.baseline.data == TYPED else ""
        return Promise(
            baseline=self._baseline(measure), origin=origin, target=self.target.data, target_by=self.target_by.data
        )

    def _baseline(self, measure: Measure) -> Baseline | None:
        if self.baseline.data == TYPED:
            return self._typed()
        value = next((one for one in measure.series if one.period_end.isoformat() == self.baseline.data), None)
        if value is None:
            if self.value.data is not None:
                raise Refused(f"You typed a figure. Choose “{self.baseline.choices[-1].label}” as the baseline.")
            return None
        return Baseline(value.value, value.period_start, value.period_end)

    def _typed(self) -> Baseline:
        value, last = self.value.data, self.last_day.data
        if value is None:
            raise Refused("Enter the figure of the baseline.")
        if last is None:
            raise Refused("Enter the last day of the period that the baseline is for.")
        if not (self.origin.data or "").strip():
            raise Refused("Say where the figure of the baseline comes from.")
        return Baseline(value, self.first_day.data or last, last)


def _plain(figure: Decimal | None) -> Decimal | None:
    """Without the zeros that the database gives it."""
    return None if figure is None else figure.normalize()
