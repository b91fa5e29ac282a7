"""One passage as a list shows it: where it stands, what it is about, and its words with what was found marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup, escape

from tracker.corpus import choices
from tracker.corpus.marking import excerpt, marked
from tracker.corpus.models import Passage
from tracker.corpus.rules import PassageKind
from tracker.platform.full_text import Phrase


@dataclass(frozen=True)
class Hit:
    passage: Passage
    text: Markup
    """Its words, or an excerpt of them, with what was found marked."""

    @property
    def report(self) -> str:
        return self.passage.report.called

    @property
    def place(self) -> str:
        return place_of(self.passage)

    @property
    def judged(self) -> str:
        return judged(self.passage)

    @property
    def themes(self) -> str:
        """What it is likely about, as a list in a sentence."""
        return themes_of(self.passage)

    @property
    def url(self) -> str:
        return place_url(self.passage)


def hits(passages: Sequence[Passage], phrases: Sequence[Phrase]) -> list[Hit]:
    return [Hit(passage, marked(excerpt(passage.text, phrases), phrases)) for passage in passages]


def whole(passages: Sequence[Passage]) -> list[Hit]:
    """Passages with every word they have."""
    return [Hit(passage, escape(passage.text)) for passage in passages]


def place_of(passage: Passage) -> str:
    """What it is in its report: "Paragraph 12", "Improvement item 3"."""
    if passage.kind is PassageKind.ITEM:
        return f"Improvement item {passage.place + 1}"
    return f"Paragraph {passage.printed_number}" if passage.printed_number else "Paragraph without a number"


def judged(passage: Passage) -> str:
    """The area it stands under and that area's grade at the inspection; empty where no area is known."""
    if passage.area_code is None:
        return ""
    name = choices.area_name(passage.report.framework_id, passage.area_code)
    grade = choices.grades().get(passage.grade_code or "", "not graded")
    return f"{name}{' (likely)' if passage.area_is_likely else ''}: {grade}"


def themes_of(passage: Passage) -> str:
    names = choices.theme_names()
    return "; ".join(names.get(theme.theme_code, theme.theme_code) for theme in passage.themes)


def place_url(passage: Passage) -> str:
    """Its place on the page of its report: of the inspection where the authority has recorded it."""
    inspection = passage.report.inspection
    item = passage.kind is PassageKind.ITEM
    if inspection is None:
        return url_for("corpus.report", report_id=passage.report_id, _anchor=anchor(passage))
    return url_for("inspections.show", number=inspection.number, _anchor="items" if item else anchor(passage))


def anchor(passage: Passage) -> str:
    """The id of its place on its report's page: i1, p12."""
    return f"{'i' if passage.kind is PassageKind.ITEM else 'p'}{passage.place + 1}"
