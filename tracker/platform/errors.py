"""Refusals a person can act on. ``tracker.web.errors`` turns each into a page or a form error."""


class Refused(Exception):
    """The request is understood and may not be done; ``str(error)`` is shown to the person.

    ``about`` names what was asked that the refusal is about: the form shows it there where it asks under that name.
    """

    def __init__(self, sentence: str = "", *, about: str = "") -> None:
        super().__init__(sentence)
        self.about = about


class NotAllowed(Refused):
    """This person may not do this, whatever the state of the thing."""


class Conflict(Refused):
    """Somebody else changed the thing since this person opened it."""
