"""Test clients that end what a test began; one of them looks at every page it gets, so that no test needs to."""

from typing import Any

from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import page_check
from tracker.platform.db import db


class SettledClient(FlaskClient):
    """For the run on PostgreSQL: the same pages were looked at on SQLite, and looking costs more than making them."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.commit()  # what a test was given is there before anybody asks
        g.pop("_login_user", None)  # the application context outlives a request in tests; who asks does not
        return super().open(*args, **kwargs)


class CheckingClient(SettledClient):
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in range(300, 400):
            page_check.check(response.get_data(as_text=True))
        return response
