"""Stages and groups of a pathway as lines that somebody names, orders, adds to and empties."""

from decimal import Decimal
from typing import Any

from wtforms.validators import InputRequired, Length

from tracker.indicators.difference.models import Pathway
from tracker.indicators.difference.rules import Group, Shape, Stage
from tracker.web.fields import Form, HiddenVersionField, NumberField, SelectField, TextField

SPARE = 3
"""Empty lines for new stages and groups."""


class ShapeForm(Form):
    """Made by ``shape_form``: a line for each stage and group that there is, and some empty ones."""

    shape: Shape
    version = HiddenVersionField(validators=[InputRequired("Open the page again, then save")])

    def stage_lines(self) -> list[dict[str, Any]]:
        """The fields of each line: order, name, of, care."""
        return [
            {part: self[f"stage_{n}_{part}"] for part in ("order", "name", "of", "care")}
            for n in range(len(self.shape.stages) + SPARE)
        ]

    def group_lines(self) -> list[dict[str, Any]]:
        return [
            {part: self[f"group_{n}_{part}"] for part in ("order", "name", "said")}
            for n in range(len(self.shape.groups) + SPARE)
        ]

    def stages(self) -> list[Stage]:
        """In the order that was typed; those that there were keep their codes."""
        known = [one.code for one in self.shape.stages]
        lines = [
            (
                _order(line["order"].data, n),
                Stage(
                    code=known[n] if n < len(known) else "",
                    name=line["name"].data or "",
                    of=line["of"].data or "",
                    care=line["care"].data or "",
                ),
            )
            for n, line in enumerate(self.stage_lines())
        ]
        return [stage for _, stage in sorted(lines, key=lambda one: one[0])]

    def groups(self) -> list[Group]:
        known = [one.code for one in self.shape.groups]
        lines = [
            (
                _order(line["order"].data, n),
                Group(known[n] if n < len(known) else "", line["name"].data or "", line["said"].data or ""),
            )
            for n, line in enumerate(self.group_lines())
        ]
        return [group for _, group in sorted(lines, key=lambda one: one[0])]


def _order(order: Decimal | None, line: int) -> tuple[Decimal, int]:
    """A line without a number comes last."""
    return (Decimal(10**6) if order is None else order), line


def shape_form(pathway: Pathway) -> ShapeForm:
    shape = pathway.shape
    fields: dict[str, Any] = {"shape": shape}
    data: dict[str, Any] = {"version": pathway.version}
    earlier = [(one.code, one.name) for one in shape.stages]
    for n in range(len(shape.stages) + SPARE):
        what = shape.stages[n].name if n < len(shape.stages) else f"New stage {n - len(shape.stages) + 1}"
        fields |= {
            f"stage_{n}_order": NumberField(f"{what}, order", width=3),
            f"stage_{n}_name": TextField(f"{what}, name", [_within(60)]),
            f"stage_{n}_of": SelectField(f"{what}, counted out of", blank="The stage before", choices=earlier),
            f"stage_{n}_care": TextField(f"{what}, what to keep in mind", [_within(200)]),
        }
    for n, stage in enumerate(shape.stages):
        data |= {f"stage_{n}_order": n + 1, f"stage_{n}_name": stage.name}
        data |= {f"stage_{n}_of": stage.of or None, f"stage_{n}_care": stage.care}
    for n in range(len(shape.groups) + SPARE):
        what = shape.groups[n].name if n < len(shape.groups) else f"New group {n - len(shape.groups) + 1}"
        fields |= {
            f"group_{n}_order": NumberField(f"{what}, order", width=3),
            f"group_{n}_name": TextField(f"{what}, name", [_within(60)]),
            f"group_{n}_said": TextField(f"{what}, in a sentence", [_within(80)]),
        }
    for n, group in enumerate(shape.groups):
        data |= {f"group_{n}_order": n + 1, f"group_{n}_name": group.name, f"group_{n}_said": group.said}
    form: ShapeForm = type("ShapeForm", (ShapeForm,), fields)(data=data)
    return form


def _within(most: int) -> Length:
    return Length(max=most, message=f"Use {most:,} characters or fewer")
