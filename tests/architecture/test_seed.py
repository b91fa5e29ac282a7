"""Every file under seed/ loads and names no child, and every task has a function."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import yaml
from flask import Flask

from tracker.application import TASKS
from tracker.audits import tools
from tracker.frameworks import library
from tracker.frameworks import queries as frameworks
from tracker.indicators.difference.library import library as pathways
from tracker.indicators.library import definitions
from tracker.platform import child_data
from tracker.settings import SEED


def files(folder: str) -> set[str]:
    return {path.stem for path in (SEED / folder).glob("*.yaml")}


def texts(content: object) -> Iterator[str]:
    """Every piece of text in what a YAML file holds."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from texts(part)


def test_every_framework_file_loads() -> None:
    assert set(library.load(SEED / "frameworks").frameworks) == files("frameworks") - {"national-framework"}


def test_every_audit_tool_loads() -> None:
    toolbox = tools.load(SEED / "audit_tools", frameworks.library())

    assert {tool.id for tool in (*toolbox.latest, *toolbox.lenses)} == files("audit_tools")


def test_every_measure_definition_loads_from_the_file_of_its_area() -> None:
    assert {area for definition in definitions().values() for area in definition.areas} == files("indicators")


def test_every_characteristic_of_the_files_is_counted_along_a_pathway() -> None:
    known = pathways()

    assert {name for one in known.pathways.values() for name in one.characteristics} == set(known.characteristics)


@pytest.mark.parametrize("path", sorted(SEED.rglob("*.yaml")), ids=lambda path: path.name)
def test_no_form_would_refuse_what_a_file_says(path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert [why_not for text in texts(content) if (why_not := child_data.why_not(text))] == []


@pytest.mark.parametrize("path", sorted(SEED.rglob("*.pdf")), ids=lambda path: path.name)
def test_no_form_would_refuse_what_a_published_report_says(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as report:
        words = "\n".join(page.get_textpage().get_text_range() for page in report)

    assert len(words) > 1_000
    assert child_data.why_not(words) == ""


@pytest.mark.parametrize("task", sorted(TASKS))
def test_every_task_has_a_function(app: Flask, task: str) -> None:
    module, _, function = TASKS[task].partition(":")

    assert callable(getattr(importlib.import_module(module), function))
