"""Handing a letter with a secret link over to the mail server. Only workers do it: no queue holds the secret."""

from datetime import datetime, timedelta

from tracker.platform import clock, jobs
from tracker.platform.jobs import TryLater
from tracker.platform.mail import Letter, NotSent, Sender, Unknown

AGAIN_AFTER = timedelta(minutes=1)
GIVE_UP_AFTER = timedelta(minutes=30)
"""Since it was asked for. Our choice: nobody waits longer before a page that she cannot open."""

Mailed = bool | str


def hand_over(letter: Letter, sender: Sender, *, asked_at: str) -> Mailed:
    """Whether it went; "perhaps" where the connection broke. Raises TryLater while it may still work."""
    jobs.let_others_write()
    try:
        sender.send(letter, handing_over=lambda: None)
    except NotSent as fault:
        now = clock.now()
        if fault.again and now - datetime.fromisoformat(asked_at) < GIVE_UP_AFTER:
            raise TryLater(str(fault), at=now + AGAIN_AFTER) from fault
        return False
    except Unknown:
        return "perhaps"
    return True
