"""Every form, every page with arguments and every address, filled in wrongly: none may end in a fault.

``python -m benchmarks requests [REQUESTS [SEED]]``. Over a copy of the demonstration, as several people; what a request
changed is undone before the next. Each fault is printed with its request; the same seed makes the same requests.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade

from tests import fuzzing
from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, QA_OFFICER
from tests.demonstration import application_in, copied, loaded_in
from tracker.platform.db import db

REQUESTS = 20_000
SLOW = ("packs.render", "packs.collect", "evidence.make_bundle")
PLACE = Path(tempfile.gettempdir()) / "tracker-demonstration-to-fuzz"


def run(requests: str = str(REQUESTS), seed: str = "1") -> tuple[str, str, bool]:
    """The figure, the target and whether it is met."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        fuzz = begun(copied(loaded_in(PLACE), Path(folder)), int(seed))
        with fuzzing.on_one_connection(fuzz.app):
            fuzz.begin()
            fuzz.read("/brent/", 2_000)
            print(f"{sum(map(len, fuzz.pages.values()))} pages and {len(fuzz.forms)} forms read", file=sys.stderr)
            for done in fuzz.requests(int(requests)):
                if done % 500 == 0:
                    print(f"{done} of {requests} requests", file=sys.stderr)
    for fault in {each.why: each for each in fuzz.faults}.values():
        print(f"{fault.why}\n    {fault.request!r}")
    sent = fuzz.statuses.total()
    print(f"{sent} requests in {time.monotonic() - start:.0f} s: {dict(sorted(fuzz.statuses.items()))}")
    figure = f"{sent} requests, {len(fuzz.faults)} of them 500"
    return figure, "none of them 500", not fuzz.faults


def begun(place: Path, seed: int) -> fuzzing.Fuzz:
    """A run over the demonstration in ``place``, with nothing sent yet."""
    app = application_in(place, csrf_enabled=False, rate_limits="off")
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    app.extensions["tasks"] = app.extensions["tasks"] | dict.fromkeys(SLOW, "tests.fuzzing:nothing")
    chance = random.Random(seed)  # noqa: S311 - for variety, not for secrets
    return fuzzing.Fuzz(app, chance, (DIRECTOR, HEAD_OF_SERVICE, QA_OFFICER))
