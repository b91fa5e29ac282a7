"""How long a turn to write lasts."""

from datetime import timedelta

LASTS = timedelta(minutes=10)
"""After the last sign of the writer, somebody else may write. Source: our choice; long enough to fetch a figure, short
enough that nobody waits for who closed her laptop. A page with a script gives a sign every minute."""
