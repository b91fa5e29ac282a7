"""Links that keep the rest of the query do not trip over names that an address may hold."""

from flask import Flask

from tracker.web.links import asked


def test_names_that_url_for_takes_for_its_own_are_left_out(app: Flask) -> None:
    with app.test_request_context("/?show=mine&endpoint=x&authority=y&_anchor=z&page=3&values=1"):
        assert asked() == {"show": ["mine"]}
