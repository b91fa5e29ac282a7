"""What we ask about measures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.frameworks.schema import Framework
from tracker.improvements.models import ImprovementItem
from tracker.indicators import rules
from tracker.indicators.commands import Figure, Meaning
from tracker.indicators.models import Measure
from tracker.indicators.rules import Direction, Period, Unit
from tracker.indicators.schema import Definition
from tracker.web.fields import (
    CheckboxField,
    ChoiceField,
    DayField,
    Form,
    HiddenVersionField,
    NumberField,
    SelectField,
    TextAreaField,
    TextField,
)

UNIT_LABELS: Mapping[Unit, str] = {
    Unit.PER_CENT: "A percentage",
    Unit.RATE: "A rate per 10,000",
    Unit.COUNT: "A count",
    Unit.MONTHS: "Months",
    Unit.CASES: "Cases for each worker",
    Unit.SCORE: "A score",
}


def within(most: int) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


class AddMeasureForm(Form):
    definition = SelectField(
        "What do you count?", [InputRequired("Choose what you count")], blank="Choose one of the usual measures"
    )
    basis = TextField(
        "On what basis, if not the usual one?",
        [within(300)],
        hint="Such as: from the strategy discussion. On another basis it is another measure.",
    )

    def offer(self, definitions: Mapping[str, Definition], framework: Framework, in_use: frozenset[str]) -> None:
        names = {area.code: area.short_name for area in framework.judged_areas}
        groups: dict[str, list[tuple[str, str]]] = {name: [] for name in names.values()}
        for one in definitions.values():
            used = ", counted already" if one.id in in_use else ""
            group = groups.setdefault(names.get(one.areas[0], "Other"), [])
            group.append((one.id, f"{one.number}. {one.name}{used}"))
        self.definition.offer({name: group for name, group in groups.items() if group})


class OwnMeasureForm(Form):
    name = TextField("Name", [DataRequired("Enter a name"), within(200)])
    short_name = TextField("Short name, for the matrix", [within(40)], hint="Such as: visits in time")
    definition = TextAreaField(
        "What does it count?", [DataRequired("Say what it counts"), within(1000)], hint="In one sentence.", rows=2
    )
    basis = TextField(
        "How is it counted?",
        [DataRequired("Say how it is counted"), within(300)],
        hint="From which date, of whom, on which day. Such as: from the date the letter was sent.",
    )
    unit = ChoiceField(
        "What kind of figure is it?", Unit, [InputRequired("Choose the kind of figure")], labels=UNIT_LABELS
    )
    counts = TextField("What stands above the line?", [within(200)], hint="Such as: children decided within 16 weeks")
    out_of = TextField("What stands below the line?", [within(200)], hint="Such as: children with a letter")
    of_whom = TextField("One word for those below the line", [within(40)], hint="Such as: children")
    direction = ChoiceField("Which way is good?", Direction, [InputRequired("Say which way is good")], inline=True)
    period = ChoiceField(
        "What does one figure cover?",
        Period,
        [InputRequired("Choose what one figure covers")],
        labels=rules.PERIOD_LABELS,
    )
    area = SelectField("Judgement area", [InputRequired("Choose a judgement area")], blank="Choose an area")
    theme = SelectField("Theme", blank="No theme")
    origin = TextField("Where does it come from?", [within(200)], hint="A return, a system or a team.")

    def offer(self, framework: Framework) -> None:
        self.area.offer((area.code, area.short_name) for area in framework.judged_areas)
        self.theme.offer(
            {
                area.short_name: [(theme.code, f"{theme.code} {theme.name}") for theme in area.themes]
                for area in framework.judged_areas
                if area.themes
            }
        )

    def means(self) -> Meaning:
        words = ("name", "short_name", "definition", "basis", "counts", "out_of", "of_whom", "origin")
        return Meaning(
            **{name: self[name].data or "" for name in words},
            unit=self.unit.data,
            direction=self.direction.data,
            period=self.period.data,
            area_code=self.area.data,
            theme_code=self.theme.data,
        )


ENDED, RUNNING = "Has ended", "Has not ended: provisional only"


class TakeOutForm(Form):
    reason = TextAreaField(
        "Why is it taken out?",
        [DataRequired("Say why the figure is taken out"), within(1000)],
        hint="Such as: recorded for the wrong month.",
        rows=2,
    )


class ValueForm(Form):
    """One figure. Which fields are asked follows from the measure; ``fit`` sets them."""

    period = SelectField("Which period?", blank="Choose a period", coerce=date.fromisoformat)
    day = DayField("Which day?", hint="Such as 31 March 2026")
    numerator = NumberField("Above the line", whole=True)
    denominator = NumberField("Below the line", whole=True)
    value = NumberField("Figure")
    provisional = CheckboxField("Provisional: it may still change")
    source = TextField(
        "Where does the figure come from?",
        [within(200)],
        hint="The report, return or system, as somebody would find it.",
    )
    source_date = DayField("Of which day is that?", hint="When it was made or published. Such as 8 December 2026.")
    reason = TextAreaField(
        "Why does it change?", [within(1000)], hint="Only if this period has a figure already.", rows=2
    )

    def fit(self, measure: Measure, today: date) -> None:
        groups: dict[str, list[tuple[str, str]]] = {ENDED: [], RUNNING: []}
        for end in rules.recent_ends(measure.period, today):
            start = rules.period_start(measure.period, end)
            group = groups[ENDED if rules.has_ended(start, end, today) else RUNNING]
            group.append((end.isoformat(), rules.period_name(start, end)))
        self.period.offer({name: group for name, group in groups.items() if group})
        self.numerator.label.text = (measure.counts or "Above the line")[:1].upper() + measure.counts[1:]
        self.denominator.label.text = f"Out of: {measure.out_of or measure.of_whom or 'all of them'}"
        unit = "" if measure.unit is Unit.COUNT else f" ({measure.unit.value})"
        self.value.label.text = f"{'Or the figure itself' if self.asks_counts(measure) else 'Figure'}{unit}"

    @staticmethod
    def asks_counts(measure: Measure) -> bool:
        return bool(measure.out_of or measure.of_whom) and measure.unit in {Unit.PER_CENT, Unit.RATE}

    def end(self, measure: Measure) -> date | None:
        """The last day of the period that was chosen; None when none was."""
        chosen: date | None = self.day.data if measure.period is Period.DAY else self.period.data
        return chosen

    def figure(self) -> Figure:
        return Figure(
            value=self.value.data,
            numerator=_whole(self.numerator.data),
            denominator=_whole(self.denominator.data),
            provisional=self.provisional.data,
            source=self.source.data or "",
            source_date=self.source_date.data,
        )


def _whole(number: Any) -> int | None:
    return None if number is None else int(number)


class SpeaksForForm(Form):
    item = SelectField("Improvement item", [InputRequired("Choose an item")], blank="Choose an item", coerce=int)

    def offer(self, items: Sequence[ImprovementItem]) -> None:
        self.item.offer((item.number, f"{item.reference} {item.title}") for item in items)


class RenameForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then save")])
    name = TextField("Name", [DataRequired("Enter a name"), within(200)])
    short_name = TextField("Short name, for the matrix", [within(40)])
