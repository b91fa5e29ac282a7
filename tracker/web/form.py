"""What every form of ours can do: refuse in its own page, and stand beside its sisters."""

from collections.abc import Callable
from typing import Any, Self

import wtforms
from flask import has_request_context, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.web import widgets


class Form(FlaskForm):
    """A form whose refusals stand in the error summary of the page, with what was typed still there."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: wtforms.Form, formdata: Any) -> Any:
            """What pages of ours send: no JSON, whose values are of any kind, and files only for boxes of files."""
            if has_request_context() and request.is_json:
                return None
            sent = super().wrap_formdata(form, formdata)
            if not isinstance(sent, CombinedMultiDict):
                return sent
            takers = {field.name for field in form if isinstance(field, wtforms.FileField | wtforms.MultipleFileField)}
            files = [(name, file) for name, file in request.files.items(multi=True) if name in takers]
            return CombinedMultiDict((MultiDict(files), request.form))

    def process(
        self, formdata: Any = None, obj: Any = None, data: Any = None, extra_filters: Any = None, **named: Any
    ) -> None:
        """What is given by name goes before what ``obj`` has under that name: the id of its owner before the owner."""
        had = {} if obj is None else {name: getattr(obj, name) for name in self._fields if hasattr(obj, name)}
        super().process(formdata, None, data, extra_filters, **(had | named))

    def carries_out(self, command: Callable[[], object]) -> bool:
        """Check what was posted, then run the command; whatever it refuses becomes an error of the form.

        False when the form was not posted, did not validate or was refused: show it again, with ``status``.
        """
        if not self.validate_on_submit():
            return False
        try:
            command()
        except Refused as refused:
            self.refuse(refused)
            return False
        return True

    def carries_out_whole(self, command: Callable[[], object]) -> bool:
        """The same within a savepoint: where the command is refused half way, this page shows nothing that it did."""

        def whole() -> None:
            with db.session.begin_nested():
                command()

        return self.carries_out(whole)

    def refuse(self, refused: Refused | str, *, on: str | None = None) -> None:
        """Show a refusal in the summary, with a link to the field it is about: ``on``, or as it says itself."""
        about = getattr(refused, "about", "")
        on = on or (about if about in self else None)
        if on is None:
            self.form_errors.append(str(refused))
        else:
            self[on].errors = [*self[on].errors, str(refused)]

    @property
    def status(self) -> int:
        """The status of the page that shows this form: 422 when it was refused, so that nothing is committed."""
        return 422 if self.errors else 200

    def distinct(self, prefix: str) -> Self:
        """Give every field an id that starts with ``prefix``, so that several such forms may stand on one page."""
        for field in self:
            field.id = field.label.field_id = f"{prefix}-{field.id}"
        return self


def error_list(form: wtforms.Form) -> list[dict[str, str]]:
    """The first error of each field with a link that moves the focus there, then those of the whole form."""
    listed = [_fault(field) for field in form if field.errors]
    return listed + [{"text": str(text)} for text in form.form_errors]


def _fault(field: wtforms.Field) -> dict[str, str]:
    fault = {"text": str(field.errors[0])}
    hidden = isinstance(field.widget, widgets.Hidden | wtforms.widgets.HiddenInput)
    return fault if hidden else {**fault, "href": f"#{field.id}"}
