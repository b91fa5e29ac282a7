"""Test clients that end what a test began; one of them looks at the pages it gets, so that no test needs to."""

import re
from collections import Counter
from typing import Any

from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import page_check
from tracker.platform.db import db

OF_A_KIND = 6
"""Pages of one kind, such as an action's after a form was refused, that one run looks at: the same template made the
others, and looking at a page costs as much as making it."""
OF_ONE_THING = re.compile(r"[0-9a-f-]{36}|\d+")


class SettledClient(FlaskClient):
    """For the run on PostgreSQL: the same pages were looked at on SQLite."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.commit()  # what a test was given is there before anybody asks
        g.pop("_login_user", None)  # the application context outlives a request in tests; who asks does not
        return super().open(*args, **kwargs)


class CheckingClient(SettledClient):
    looked_at: Counter[tuple[str, str, int]] = Counter()

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
        is_file |= response.headers.get("Content-Security-Policy", "").startswith("sandbox")  # a document of its own
        has_words = response.mimetype == "text/html" and response.request.method != "HEAD"
        if has_words and not is_file and response.status_code not in range(300, 400):
            self._look_at(response)
        return response

    def _look_at(self, response: TestResponse) -> None:
        kind = (response.request.method, OF_ONE_THING.sub("1", response.request.path), response.status_code)
        self.looked_at[kind] += 1
        if self.looked_at[kind] <= OF_A_KIND:
            page_check.check(response.get_data(as_text=True))
