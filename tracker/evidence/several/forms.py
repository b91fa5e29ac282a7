"""What we ask of several files: which they are, then what each of them shows."""

from typing import Self

from wtforms.validators import InputRequired

from tracker.evidence import file_types, rules
from tracker.evidence.commands import LABELS, Description, Upload
from tracker.evidence.forms import FILE_HINT, ChildDataGuard, PlacesForm, line, text
from tracker.evidence.rules import Kind, Marking, Strength
from tracker.evidence.several.models import UndescribedFile
from tracker.evidence.several.rules import KINDS, first_title
from tracker.web.fields import DayField, FilesField, Form, SelectField


class FilesForm(Form):
    files = FilesField("Files", hint=FILE_HINT, accept=file_types.ACCEPT)

    @property
    def uploads(self) -> list[Upload]:
        """What was chosen. A browser sends an empty part where nothing was."""
        return [Upload(one.stream, one.filename) for one in self.files.data if one.filename]


class TogetherForm(PlacesForm):
    """What holds for all the files that are described together."""

    marking = SelectField("Security marking", choices=[(one.value, one.value) for one in Marking], coerce=Marking)


class DescribeForm(ChildDataGuard):
    """One file of several. Its title is offered; it is left alone while nothing else is said of it."""

    class Meta:
        csrf = False  # the form round all of them carries the token

    title = line(LABELS["title"], "Enter a title")
    kind = SelectField("Kind", choices=[(one.value, one.value) for one in KINDS], coerce=Kind)
    dated = DayField("Day it speaks of", [InputRequired("Enter the day it speaks of")])
    strength = SelectField(
        rules.STRENGTH_QUESTION,
        [InputRequired("Say what is the most that it shows")],
        blank="Choose",
        choices=[(one.value, f"{one.value}: {rules.STRENGTH_ANSWERS[one].lower()}") for one in Strength],
        coerce=Strength,
    )
    shows = text(LABELS["shows"], "Say what it shows", rows=2)

    @classmethod
    def of(cls, file: UndescribedFile) -> Self:
        """With what was posted if something was."""
        return cls(prefix=f"f{file.id.hex}-", title=first_title(file.file_name), kind=Kind.FILE)

    @property
    def says_something(self) -> bool:
        return bool(self.dated.raw_data and self.dated.raw_data[0]) or bool(self.shows.data or self.strength.data)

    def says(self, marking: Marking) -> Description:
        return Description(
            title=self.title.data or "",
            dated=self.dated.data,  # type: ignore[arg-type]  # required by the form
            shows=self.shows.data or "",
            strength=self.strength.data,
            marking=marking,
            not_child_data_because=self.not_child_data_because.data or "",
        )
