"""What evidence can show about a finding. Pure."""

from datetime import date


def why_weak(evidence: str, *, of: date, finding: str, raised_on: date) -> str:
    """Why evidence that was last found true on a day cannot show what has changed since; empty where it can.

    >>> why_weak("E-3", of=date(2026, 4, 5), finding="F-19", raised_on=date(2026, 8, 13))
    'E-3 is of 5 April 2026, before F-19 was raised on 13 August 2026: it cannot show what has changed since.'
    >>> why_weak("E-3", of=date(2026, 8, 13), finding="F-19", raised_on=date(2026, 8, 13))
    ''
    """
    if of >= raised_on:
        return ""
    return (
        f"{evidence} is of {of:%-d %B %Y}, before {finding} was raised on {raised_on:%-d %B %Y}: "
        "it cannot show what has changed since."
    )
