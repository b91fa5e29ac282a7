"""The frameworks this process uses, read from their files once."""

from functools import cache
from pathlib import Path

from tracker.frameworks.library import Library, load
from tracker.settings import SEED


@cache
def library(folder: Path = SEED / "frameworks") -> Library:
    return load(folder)
