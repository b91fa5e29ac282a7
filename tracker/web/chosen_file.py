"""The file that somebody chose, taken in by a command as it comes."""

from collections.abc import Callable
from typing import BinaryIO, TypeVar, cast

from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.web.form import Form

Taken = TypeVar("Taken")


def taken_in(form: Form, take_in: Callable[[BinaryIO, str], Taken]) -> Taken | None:
    """What the command makes of the ``file`` of a form: it is given the stream and the name, within a savepoint.

    None when no file was chosen or the command refused it: show the form again, where that stands beside the file.
    """
    file = form["file"].data
    if not form.validate_on_submit() or file is None or not file.filename:
        form.refuse("Choose a file first.", on="file")
        return None
    try:
        with db.session.begin_nested():
            return take_in(cast("BinaryIO", file.stream), file.filename)
    except Refused as refused:
        form.refuse(refused, on="file")
        return None
