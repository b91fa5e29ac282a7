"""What we ask about pathways: which, how they are read, and the counts of one period."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.frameworks.schema import Framework
from tracker.improvements.models import ImprovementItem
from tracker.indicators.difference.commands import Means, Numbers, Period
from tracker.indicators.difference.library import Library
from tracker.indicators.difference.models import Counting, Pathway
from tracker.indicators.difference.rules import NOT_KNOWN, OTHERS, Kind, Least, Shape
from tracker.indicators.difference.tables import NOTHING, Unclear, Words
from tracker.web.fields import (
    CheckboxField,
    ChoiceField,
    DayField,
    FileField,
    Form,
    HiddenVersionField,
    NumberField,
    PastedCellsField,
    SelectField,
    TextAreaField,
    TextField,
)

NOT_HERE = "none"
"""What a select sends for a word that means nothing here."""
MOST_WORDS = 200
"""Unclear words of one table that are asked about. Our choice: more than stages and groups together."""
ACCEPT = ".xlsx,.xlsm,.csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv"


def _within(most: int) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")


class AddPathwayForm(Form):
    pathway = SelectField("Which pathway?", [InputRequired("Choose a pathway")], blank="Choose a pathway")
    characteristic = SelectField(
        "What are people told apart by?", [InputRequired("Choose a characteristic")], blank="Choose a characteristic"
    )

    def offer(self, library: Library) -> None:
        self.pathway.offer((one.id, one.name) for one in library.pathways.values())
        self.characteristic.offer(
            (one.id, f"{one.name}: {_some([group.name for group in one.groups])}")
            for one in library.characteristics.values()
        )


def _some(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 6 else f"{', '.join(names[:4])} and {len(names) - 4} more"


class OwnPathwayForm(Form):
    name = TextField("Name of the pathway", [DataRequired("Enter a name"), _within(200)], hint="Such as: early help")
    characteristic = TextField(
        "What are people told apart by?",
        [DataRequired("Say what people are told apart by"), _within(80)],
        hint="Such as: first language",
    )
    many = TextField(
        "What are those counted called?",
        [DataRequired("Say what they are called"), _within(40)],
        hint="Such as: children",
        width=20,
    )
    one = TextField(
        "And one of them?", [DataRequired("Say what one is called"), _within(40)], hint="Such as: child", width=20
    )
    kind = ChoiceField(
        "How do the stages follow each other?",
        Kind,
        [InputRequired("Say how the stages follow each other")],
        labels={
            Kind.FLOW: "Those at a stage were at the one before, such as children who are referred",
            Kind.GRADES: "Each stage has people of its own, such as staff by grade",
        },
    )
    stages = TextAreaField(
        "Stages in order, one on each line",
        [DataRequired("Name the stages"), _within(1000)],
        hint="The population first. Such as: Population, Contact, Early help plan.",
        rows=6,
    )
    groups = TextAreaField(
        "Groups, one on each line",
        [DataRequired("Name the groups"), _within(2000)],
        hint="Leave out those whose group is not known: there is always a place for them.",
        rows=6,
    )
    source = TextField("Where do the groups come from?", [_within(300)], hint="Such as: our case system")
    area = SelectField("Judgement area", [InputRequired("Choose a judgement area")], blank="Choose an area")

    def offer(self, framework: Framework) -> None:
        self.area.offer(_areas(framework))

    def means(self) -> Means:
        return Means(
            name=self.name.data or "",
            characteristic=self.characteristic.data or "",
            one=self.one.data or "",
            many=self.many.data or "",
            kind=self.kind.data,
            area_code=self.area.data or "",
            stages=(self.stages.data or "").splitlines(),
            groups=(self.groups.data or "").splitlines(),
            source=self.source.data or "",
        )


def _areas(framework: Framework) -> list[tuple[str, str]]:
    return [(area.code, area.short_name) for area in framework.judged_areas]


class SettingsForm(Form):
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then save")])
    name = TextField("Name", [DataRequired("Enter a name"), _within(200)])
    compared_with = SelectField(
        "Compare each group with",
        blank="The largest group of the population",
        hint="The choice changes every index, so keep to it and say which it is.",
    )
    fewest = NumberField(
        "Read an index from how many counted?",
        [InputRequired("Enter how many must be counted")],
        hint="On both sides: counted, or what the other’s rate would make it.",
        whole=True,
        width=4,
    )
    fewest_base = NumberField(
        "Out of at least how many?", [InputRequired("Enter out of how many")], whole=True, width=4
    )
    source = TextField("Where do the groups come from?", [_within(300)])
    area = SelectField("Judgement area", [InputRequired("Choose a judgement area")])

    @classmethod
    def of(cls, pathway: Pathway, framework: Framework) -> "SettingsForm":
        form = cls(obj=pathway, area=pathway.area_code)
        form.area.offer(_areas(framework))
        form.compared_with.offer(
            [(OTHERS, "Everyone else whose group is known"), *((one.code, one.name) for one in pathway.shape.groups)]
        )
        return form

    def least(self) -> Least:
        return Least(counted=int(self.fewest.data or 0), base=int(self.fewest_base.data or 0))


class SpeaksForForm(Form):
    item = SelectField("Improvement item", [InputRequired("Choose an item")], blank="Choose an item", coerce=int)

    def offer(self, items: Sequence[ImprovementItem]) -> None:
        self.item.offer((item.number, f"{item.reference} {item.title}") for item in items)


class RemoveForm(Form):
    reason = TextAreaField(
        "Why are these counts taken out?", [DataRequired("Say why they are taken out"), _within(1000)], rows=2
    )


class BringInForm(Form):
    file = FileField("A table of counts, as an Excel file (.xlsx) or .csv", accept=ACCEPT)
    pasted = PastedCellsField(
        "Or paste its cells, with their headings",
        hint="Stages down and groups across, or the other way round. Only counts: never a row for each child.",
    )


class CountsForm(Form):
    """The counts of one period: made by ``counts_form``, a field for each stage and group."""

    shape: Shape

    counting_version = HiddenVersionField()
    first_day = DayField("First day", [InputRequired("Enter the first day")])
    last_day = DayField("Last day", [InputRequired("Enter the last day")])
    source = TextField("Where do the counts come from?", [_within(300)], hint="A return, a report or a system.")
    provisional = CheckboxField("Provisional: they may still change")
    reason = TextAreaField(
        "Why do they change?", [_within(1000)], hint="Only where this period has final counts already.", rows=2
    )

    def count(self, stage: str, group: str) -> Any:
        return self[_name(stage, group)]

    def base(self, stage: str) -> Any:
        return self[f"base_{stage}"]

    def period(self) -> Period:
        return Period(
            start=self.first_day.data or date.min,
            end=self.last_day.data or date.min,
            numbers=self.numbers(),
            source=self.source.data or "",
            bases={one.code: self.base(one.code).data or "" for one in self.shape.stages},
            provisional=self.provisional.data,
        )

    def numbers(self) -> Numbers:
        return {
            (stage.code, group): _whole(self.count(stage.code, group).data)
            for stage in self.shape.stages
            for group in codes_of(self.shape)
        }


def codes_of(shape: Shape) -> list[str]:
    """Codes of the groups, and of those not known."""
    return [*(group.code for group in shape.groups), NOT_KNOWN]


def _name(stage: str, group: str) -> str:
    return f"count_{stage}_{group}"


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)


def counts_form(
    pathway: Pathway,
    counting: Counting | None,
    period: tuple[date, date],
    numbers: Numbers | None = None,
    *,
    posted: bool = False,
) -> CountsForm:
    """The counts that are there, or those that a table says in their place; with ``posted``, what a form sent."""
    shape = pathway.shape
    names = {group.code: group.name for group in shape.groups} | {NOT_KNOWN: "not recorded"}
    fields: dict[str, Any] = {"shape": shape}
    for stage in shape.stages:
        for group in codes_of(shape):
            fields[_name(stage.code, group)] = NumberField(f"{stage.name}, {names[group]}", whole=True, width=5)
        fields[f"base_{stage.code}"] = TextField(f"{stage.name}: counted when, if not in the period", [_within(60)])
    counts = numbers if numbers is not None else counting.counts if counting else {}
    data: dict[str, Any] = {_name(*place): count for place, count in counts.items()}
    data |= {f"base_{code}": words for code, words in (counting.bases if counting else {}).items()}
    data |= {
        "counting_version": counting.version if counting else None,
        "first_day": period[0],
        "last_day": period[1],
        "source": counting.source if counting else "",
        "provisional": counting.provisional if counting else False,
    }
    shown: dict[str, Any] = {"data": data} if posted else {"data": data, "formdata": None}
    form: CountsForm = type("CountsForm", (CountsForm,), fields)(**shown)
    return form


class WordsForm(Form):
    """What the unclear words of a table mean: made by ``words_form``."""

    unclear: Sequence[Unclear] = ()

    def lines(self) -> list[tuple[Unclear, Any]]:
        return [(one, self[f"means_{place}"]) for place, one in enumerate(self.unclear)]


def words_form(unclear: Sequence[Unclear], words: Words) -> WordsForm:
    fields: dict[str, Any] = {"unclear": tuple(unclear)}
    for place, one in enumerate(unclear):
        fields[f"means_{place}"] = SelectField(
            f"“{one.word}” is the {one.part}",
            hint=f"Cell {one.at}.",
            blank="Choose one",
            choices=[*words.names(one.part).items(), (NOT_HERE, "None of these: leave it out")],
        )
    data = {f"means_{place}": one.likely or None for place, one in enumerate(unclear)}
    form: WordsForm = type("WordsForm", (WordsForm,), fields)(data=data, formdata=None)
    return form


def said_words(posted: Mapping[str, str]) -> dict[str, str]:
    """What was said of unclear words: word -> code, NOTHING for one that means nothing here."""
    said = {}
    for place in range(MOST_WORDS):
        word, code = posted.get(f"word_{place}"), posted.get(f"means_{place}")
        if word and code:
            said[word] = NOTHING if code == NOT_HERE else code
    return said
