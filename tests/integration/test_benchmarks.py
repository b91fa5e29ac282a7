"""What benchmarks of pages share still opens pages: nobody would notice until figures are wanted."""

from pathlib import Path

import pytest

from benchmarks import pages
from tracker.people.rules import Role
from tracker.platform.db import db


@pytest.mark.usefixtures("session")  # counting statements begins one, and that ends it
def test_a_page_is_measured_as_somebody_who_is_signed_in(tmp_path: Path) -> None:
    with pages.application(f"sqlite:///{tmp_path / 'pages.sqlite'}") as app:
        with app.app_context():
            db.create_all()
            pages.empty_authority()

        measured = pages.measured(app, pages.EMPTY, "/{slug}/plan", Role.DIRECTOR)

    assert measured.statements > 0
    assert measured.seconds > 0
