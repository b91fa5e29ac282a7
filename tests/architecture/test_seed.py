"""Every file under seed/ loads, and every task has a function."""

import importlib

import pytest
from flask import Flask

from tracker import TASKS
from tracker.frameworks import library
from tracker.settings import SEED


def test_every_framework_file_loads() -> None:
    files = {path.stem for path in (SEED / "frameworks").glob("*.yaml")} - {"national-framework"}

    assert set(library.load(SEED / "frameworks").frameworks) == files


@pytest.mark.parametrize("task", sorted(TASKS))
def test_every_task_has_a_function(app: Flask, task: str) -> None:
    module, _, function = TASKS[task].partition(":")

    assert callable(getattr(importlib.import_module(module), function))
