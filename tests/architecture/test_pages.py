"""Every tab, every reference and every part of the frame leads to a page that exists."""

from flask import Flask

from tracker.web.links import PAGES
from tracker.web.navigation import TABS

FRAME = {"search.results", "people.home", "people.sign_out", "web.help", "web.accessibility"}


def test_every_tab_and_every_reference_has_a_page(app: Flask) -> None:
    assert {*TABS, *PAGES.values(), *FRAME} - set(app.view_functions) == set()
