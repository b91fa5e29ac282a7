"""What the words of a spreadsheet mean here, as a question for each word that nobody here can know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from tracker.web.form import Form

WORD = "word"
"""Begins the name of each word's question, with its place from 0."""


@dataclass(frozen=True)
class Question:
    """About one word: ``column`` and ``key`` are those of ``previews.Meanings``, ``under`` is what it stands under."""

    under: str
    column: str
    key: str
    field: Any
    likeliest: Any = None
    """The answer that is chosen when the page opens."""
    told: bool = False
    """Whether it was explained before: left open now, the explanation is taken back, and its meaning is empty."""


class WordsForm(Form):
    """The questions of a file, and what a room asks besides: made by ``words_form``."""

    questions: Sequence[Question] = ()

    def meanings(self) -> dict[str, dict[str, str]]:
        """Column -> word as it is remembered -> its meaning; what was left open is left out."""
        told: dict[str, dict[str, str]] = {}
        for place, one in enumerate(self.questions):
            meaning = self[f"{WORD}{place}"].data
            if meaning or one.told:
                told.setdefault(one.column, {})[one.key] = str(meaning or "")
        return told

    def by_column(self) -> dict[str, list[Any]]:
        """The questions by what they stand under, in their order."""
        found: dict[str, list[Any]] = {}
        for place, one in enumerate(self.questions):
            found.setdefault(one.under, []).append(self[f"{WORD}{place}"])
        return found


Words = TypeVar("Words", bound=WordsForm)


def words_form(
    kind: type[Words],
    questions: Sequence[Question],
    *,
    others: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> Words:
    """``others`` are fields that a room asks besides, by name, and ``data`` what they hold."""
    fields = {f"{WORD}{place}": one.field for place, one in enumerate(questions)}
    likeliest = {f"{WORD}{place}": one.likeliest for place, one in enumerate(questions)}
    form: Words = type(kind.__name__, (kind,), {**fields, **(others or {}), "questions": questions})(
        data={**likeliest, **(data or {})}
    )
    return form
