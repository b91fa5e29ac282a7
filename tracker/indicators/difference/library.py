"""The files of ``seed/pathways/`` read once, checked, and held unchanged in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml
from pydantic import ValidationError

from tracker.frameworks import queries as frameworks
from tracker.frameworks.library import WrongFile
from tracker.indicators.difference.schema import (
    Characteristic,
    CharacteristicsFile,
    Part,
    PathwayOf,
    PathwaysFile,
)
from tracker.settings import SEED

File = TypeVar("File", bound=Part)


@dataclass(frozen=True)
class Library:
    """By id, in the order of the files."""

    pathways: Mapping[str, PathwayOf]
    characteristics: Mapping[str, Characteristic]


@cache
def library(folder: Path = SEED / "pathways") -> Library:
    """Every pathway and characteristic. Raises WrongFile with a sentence if a file is wrong."""
    characteristics = _read(folder / "characteristics.yaml", CharacteristicsFile).characteristics
    pathways = _read(folder / "pathways.yaml", PathwaysFile).pathways
    known = {one.id for one in characteristics}
    areas = {area.code for framework in frameworks.library().frameworks.values() for area in framework.areas}
    for pathway in pathways:
        if missing := [one for one in pathway.characteristics if one not in known]:
            raise WrongFile(f"pathways.yaml cannot be used. {pathway.id} names the unknown characteristic {missing[0]}")
        if pathway.area not in areas:
            raise WrongFile(
                f"pathways.yaml cannot be used. {pathway.id} names the unknown judgement area {pathway.area}"
            )
    return Library(
        pathways=MappingProxyType({one.id: one for one in pathways}),
        characteristics=MappingProxyType({one.id: one for one in characteristics}),
    )


def _read(path: Path, shape: type[File]) -> File:
    try:
        return shape.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongFile(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(step) for step in first["loc"]) or "the file as a whole"
        raise WrongFile(f"{path.name} cannot be used. At {place}: {first['msg']}") from error
