"""The definitions of ``seed/indicators/`` read once, checked, and held unchanged in memory."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import ValidationError

from tracker.frameworks import queries as frameworks
from tracker.frameworks.library import WrongFile
from tracker.indicators.schema import Definition, IndicatorFile
from tracker.settings import SEED


@cache
def definitions(folder: Path = SEED / "indicators") -> Mapping[str, Definition]:
    """Every definition by id, in the handbook's order. Raises WrongFile with a sentence if any file is wrong."""
    found: dict[str, Definition] = {}
    for path in sorted(folder.glob("*.yaml")):
        for definition in _read(path).indicators:
            if definition.id in found:
                raise WrongFile(f"{path.name} cannot be used. The id {definition.id} is used twice")
            _check_codes(path, definition)
            found[definition.id] = definition
    if not found:
        raise WrongFile(f"There are no indicator files in {folder}")
    return MappingProxyType(dict(sorted(found.items(), key=lambda one: one[1].number)))


def _read(path: Path) -> IndicatorFile:
    try:
        return IndicatorFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongFile(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(_place(step) for step in first["loc"]) or "the file as a whole"
        message = "this key is not known" if first["type"] == "extra_forbidden" else first["msg"]
        raise WrongFile(f"{path.name} cannot be used. At {place}: {message}") from error


def _place(step: int | str) -> str:
    return f"number {step + 1}" if isinstance(step, int) else step


def _check_codes(path: Path, definition: Definition) -> None:
    """Areas and themes are those of some framework."""
    known = frameworks.library().frameworks.values()
    areas = {area.code for framework in known for area in framework.areas}
    themes = {theme.code for framework in known for area in framework.areas for theme in area.themes}
    for code, codes, what in (
        *((code, areas, "judgement area") for code in definition.areas),
        *((code, themes, "theme") for code in definition.themes),
    ):
        if code not in codes:
            raise WrongFile(f"{path.name} cannot be used. {definition.id} names the unknown {what} {code}")
