"""What was typed into a box, and when it is nothing."""

import wtforms


def stripped(text: str) -> str:
    """Without white space around it, and without the NUL character, which PostgreSQL cannot hold."""
    return text.replace("\x00", "").strip()


def typed_in(field: wtforms.Field) -> str:
    """What was typed into the one box of a field that was posted, stripped; blank where nothing came."""
    blank_is_nothing(field)
    return field.raw_data[0].strip() if field.raw_data else ""


def blank_is_nothing(field: wtforms.Field) -> None:
    """Let a box that holds only white space, a line separator of Unicode perhaps, be blank for validators too.

    ``InputRequired`` looks at what came, not at what was made of it: such a box would pass and its data be None.
    """
    if field.raw_data and not stripped(field.raw_data[0]):
        field.raw_data = [""]
