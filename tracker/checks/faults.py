from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fix:
    """The one click: words of the link, and the page where it is put right. ``values`` are of its address."""

    words: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """One thing that would not hold."""

    key: str
    """By which it is known again another night."""
    reference: str
    """The thing it is about; empty where that has none, such as a theme."""
    text: str
    detail: str
    fix: Fix
