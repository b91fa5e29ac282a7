"""Files marked Official-Sensitive are looked at only after somebody said that she wants to, which is put on record.

Kept in her session: reading a page changes nothing, so the pictures themselves cannot write who saw them.
"""

from datetime import timedelta

from flask import session

from tracker.evidence.models import Evidence
from tracker.evidence.rules import Marking
from tracker.platform import clock

FOR = timedelta(hours=1)
"""How long one look lasts. Our choice: as long as somebody sits with a file."""
MOST = 20
"""Files that are open to one person at once; the session is a cookie. Our choice."""
KEY = "looked_at"


def is_recorded(evidence: Evidence) -> bool:
    """Whether every look into its file is put on record."""
    return evidence.marking is Marking.OFFICIAL_SENSITIVE


def is_open(evidence: Evidence) -> bool:
    """Whether this person may see into the file now."""
    if not is_recorded(evidence):
        return True
    until: float = session.get(KEY, {}).get(evidence.id.hex, 0)
    return until > clock.now().timestamp()


def open_for_a_while(evidence: Evidence) -> None:
    now = clock.now()
    still = {key: until for key, until in session.get(KEY, {}).items() if until > now.timestamp()}
    still[evidence.id.hex] = (now + FOR).timestamp()
    session[KEY] = dict(list(still.items())[-MOST:])
