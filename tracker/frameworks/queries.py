"""The frameworks and bank holidays this process uses, each read from its file once."""

from datetime import date
from functools import cache
from pathlib import Path

from tracker.frameworks.library import Library, load, load_bank_holidays
from tracker.settings import SEED


@cache
def library(folder: Path = SEED / "frameworks") -> Library:
    return load(folder)


@cache
def bank_holidays(path: Path = SEED / "bank_holidays.yaml") -> frozenset[date]:
    return load_bank_holidays(path)
