"""The frameworks of ``seed/frameworks/`` read once, checked, and held unchanged in memory.

Database rows keep codes (framework id, area code, theme code); what a code means is asked here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml
from pydantic import ValidationError

from tracker.frameworks.rules import ReadReference, references_in
from tracker.frameworks.schema import (
    Area,
    Framework,
    NationalFramework,
    NationalFrameworkVersion,
    NationalReference,
    Part,
    Theme,
    ThemeLists,
    UnknownCode,
)
from tracker.platform.errors import Refused

NATIONAL_FILE = "national-framework.yaml"
THEMES_FOLDER = "themes"

RENUMBERING_DOUBT = timedelta(days=365)
"""How long either side of a renumbering a printed number may still be the other one. Source: our choice; a
report of May 2026 fieldwork printed an old number."""

Shape = TypeVar("Shape", bound=Part)


class WrongFile(Refused):
    """A framework file cannot be used; the sentence names the file and the place in it."""


@dataclass(frozen=True)
class PlacedTheme:
    """A theme and where a framework puts it."""

    framework: Framework
    area: Area
    theme: Theme


@dataclass(frozen=True)
class Library:
    frameworks: Mapping[str, Framework]
    """By id, regime by regime, earliest first within each."""
    national: NationalFramework

    @property
    def regimes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(framework.regime for framework in self.frameworks.values()))

    def of_regime(self, regime: str) -> tuple[Framework, ...]:
        """A regime's frameworks, earliest first."""
        return tuple(framework for framework in self.frameworks.values() if framework.regime == regime)

    def framework(self, framework_id: str) -> Framework:
        try:
            return self.frameworks[framework_id]
        except KeyError:
            known = ", ".join(self.frameworks)
            raise Refused(f"There is no framework called {framework_id!r}. The known ones are: {known}") from None

    def for_fieldwork(self, regime: str, day: date) -> Framework:
        """The framework that governs fieldwork begun on ``day``, whenever its report was published."""
        known = self.of_regime(regime)
        if not known:
            raise Refused(
                f"There is no inspection regime called {regime!r}. The known ones are: {', '.join(self.regimes)}"
            )
        for framework in known:
            if framework.in_force_on(day):
                return framework
        raise Refused(
            f"No {known[0].regime_name} framework is known for fieldwork that began on {day:%-d %B %Y}. "
            f"The earliest begins on {known[0].fieldwork_from:%-d %B %Y}. Check the fieldwork dates"
        )

    def current(self, regime: str, today: date) -> Framework:
        """The framework that an inspection called ``today`` would follow."""
        return self.for_fieldwork(regime, today)

    def area(self, framework_id: str, code: str) -> Area:
        try:
            return self.framework(framework_id).area(code)
        except UnknownCode as error:
            raise Refused(str(error)) from error

    def themes(self, framework_id: str, area_code: str) -> tuple[Theme, ...]:
        return self.area(framework_id, area_code).themes

    def theme(self, code: str, framework_id: str | None = None) -> PlacedTheme:
        """The theme in one framework, or in the latest one that has it."""
        frameworks = [self.framework(framework_id)] if framework_id else reversed(tuple(self.frameworks.values()))
        for framework in frameworks:
            for area in framework.areas:
                for theme in area.themes:
                    if theme.code == code:
                        return PlacedTheme(framework, area, theme)
        raise Refused(f"There is no theme with the code {code!r}")

    def national_version(self, day: date) -> NationalFrameworkVersion | None:
        """The national framework's numbering for fieldwork begun on ``day``; None before there was one."""
        return next((version for version in self.national.versions if version.in_force_on(day)), None)

    def national_reference(self, key: str) -> NationalReference:
        """What a key stands for, with its latest number."""
        for version in reversed(self.national.versions):
            for reference in version.references:
                if reference.key == key:
                    return reference
        raise Refused(f"The national framework has no entry with the key {key!r}")

    def national_by_number(self, kind: str, number: int, day: date) -> NationalReference | None:
        """What "outcome 2" meant for fieldwork that began on ``day``; None if that number was not in use."""
        version = self.national_version(day)
        return _numbered(version, kind, number) if version else None

    def national_references(self, printed: str, day: date) -> tuple[ReadReference, ...]:
        """What a reference printed at the end of an item means, for fieldwork begun on ``day``."""
        version = self.national_version(day)
        return references_in(printed, version) if version else ()

    def needs_confirming(self, read: ReadReference, day: date) -> bool:
        """Whether a person should confirm what was read, because only a number that has moved says so."""
        reference = read.reference
        return not read.named and self.national_number_in_doubt(reference.kind, reference.number, day)

    def national_number_in_doubt(self, kind: str, number: int, day: date) -> bool:
        """Whether a person should confirm: the number changed its meaning within a year of ``day``."""
        for before, after in pairwise(self.national.versions):
            if abs(after.fieldwork_from - day) <= RENUMBERING_DOUBT:
                then, now = _numbered(before, kind, number), _numbered(after, kind, number)
                if then and now and then.key != now.key:
                    return True
        return False


def load(folder: Path) -> Library:
    """Read and check every file of ``folder``. Raises WrongFile with a sentence if any of them is wrong."""
    themes = {path.stem: _checked(path, _read(path), ThemeLists) for path in _files(folder / THEMES_FOLDER)}
    paths = [path for path in _files(folder) if path.name != NATIONAL_FILE]
    if not paths:
        raise WrongFile(f"There are no framework files in {folder}")
    frameworks = _in_order([_framework(path, themes) for path in paths])
    _agree(frameworks)
    national = folder / NATIONAL_FILE
    return Library(
        frameworks=MappingProxyType({framework.id: framework for framework in frameworks}),
        national=_checked(national, _read(national), NationalFramework),
    )


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _read(path: Path) -> dict[str, object]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongFile(f"{path.name} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongFile(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise WrongFile(f"{path.name} must hold keys and values")
    return content


def _checked(path: Path, content: object, shape: type[Shape]) -> Shape:
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(_place(step) for step in first["loc"]) or "the file as a whole"
        message = "this key is not known" if first["type"] == "extra_forbidden" else first["msg"]
        raise WrongFile(f"{path.name} cannot be used. At {place}: {message}") from error


def _place(step: int | str) -> str:
    """Where in a list or table, counted as people count.

    >>> _place(0), _place("areas")
    ('number 1', 'areas')
    """
    return f"number {step + 1}" if isinstance(step, int) else step


def _framework(path: Path, themes: Mapping[str, ThemeLists]) -> Framework:
    content = _read(path)
    basis = [_fill_themes(path, area, themes) for area in _listed(content.get("areas"))]
    content.setdefault("themes_basis", " ".join(dict.fromkeys(sentence for sentence in basis if sentence)))
    return _checked(path, content, Framework)


def _listed(content: object) -> list[dict[str, object]]:
    """The tables in a list; what is neither is left for the schema to refuse."""
    return [row for row in content if isinstance(row, dict)] if isinstance(content, list) else []


def _fill_themes(path: Path, area: dict[str, object], themes: Mapping[str, ThemeLists]) -> str:
    """Put themes in place of an area's ``themes_from: [file/list, ...]``; say what their shares rest on."""
    names = area.pop("themes_from", None) or []
    found: list[Theme] = []
    basis: dict[str, None] = {}
    for name in names if isinstance(names, list) else [names]:
        file, _, listed = str(name).partition("/")
        if file not in themes or listed not in themes[file].lists:
            raise WrongFile(f"{path.name} cannot be used. Area {area.get('code')}: there is no theme list {name!r}")
        found += themes[file].lists[listed]
        basis[themes[file].basis] = None
    if found:
        area["themes"] = found
    return " ".join(basis)


def _in_order(frameworks: Sequence[Framework]) -> list[Framework]:
    """Regime by regime, the longest-standing first, and earliest first within each."""
    began: dict[str, date] = {}
    for framework in frameworks:
        began[framework.regime] = min(framework.fieldwork_from, began.get(framework.regime, date.max))
    return sorted(frameworks, key=lambda one: (began[one.regime], one.regime, one.fieldwork_from))


def _agree(frameworks: Sequence[Framework]) -> None:
    """Refuse what no single file shows: an id used twice, two in force at once, an unknown area continued."""
    ids = [framework.id for framework in frameworks]
    for framework_id in ids:
        if ids.count(framework_id) > 1:
            raise WrongFile(f"Two framework files have the id {framework_id}")
    for before, after in pairwise(frameworks):
        if before.regime == after.regime and before.in_force_on(after.fieldwork_from):
            raise WrongFile(f"{before.id} and {after.id} are both in force on {after.fieldwork_from:%-d %B %Y}")
    for framework in frameworks:
        _carries_on_known_areas(framework, frameworks)


def _carries_on_known_areas(framework: Framework, frameworks: Sequence[Framework]) -> None:
    known = {area.code for other in frameworks if other.regime == framework.regime for area in other.areas}
    for area in framework.areas:
        for code in area.continues:
            if code not in known:
                raise WrongFile(f"{framework.id}: {area.code} continues the unknown area {code}")


def _numbered(version: NationalFrameworkVersion, kind: str, number: int) -> NationalReference | None:
    for reference in version.references:
        if reference.kind == kind and reference.number == number:
            return reference
    return None
