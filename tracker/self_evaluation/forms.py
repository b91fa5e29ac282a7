from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired, Length

from tracker.self_evaluation.rules import LONGEST_STATEMENT, QUESTIONS, Confidence, Question
from tracker.web.fields import (
    ChoiceField,
    HiddenVersionField,
    RadiosField,
    ReferenceField,
    TextAreaField,
    TextField,
)
from tracker.web.form import Form


class StartForm(Form):
    title = TextField(
        "What do people call this round?",
        [DataRequired("Say what people call this round, such as “Autumn 2026”"), Length(max=80)],
        width=20,
    )


class StatementForm(Form):
    title = TextField("Title", [DataRequired("Enter a title"), Length(max=120)])
    question = ChoiceField(
        "Which question does it answer?", Question, [InputRequired("Choose a question")], labels=QUESTIONS
    )
    text = TextAreaField(
        "Statement",
        [Length(max=LONGEST_STATEMENT, message="The statement may have 20,000 characters. Make it two statements.")],
        rows=14,
        hint="Cite in square brackets: [E-231] evidence, [Q-88] an audit, [M-7] a measure, [R-3:8] paragraph 8 of a "
        "report. A sentence that cites nothing is marked as a claim. An empty line starts a paragraph, “- ” a point.",
    )
    item = ReferenceField("Improvement item it answers", prefix="I", hint="Such as I-9. Leave empty if none.")
    version = HiddenVersionField()


class AreaViewForm(Form):
    grade = RadiosField("Our own grade", hint="Ofsted has not given this grade. It is ours.", wide=True)
    confidence = ChoiceField("How confident are we?", Confidence, inline=True)
    reason = TextAreaField(
        "Why this grade?", rows=4, hint="Asked for above all where inspectors or audits are less kind."
    )
    not_sure_of = TextAreaField(
        "What are we not yet sure of?", rows=4, hint="One point a line. The pack prints these on a page of their own."
    )
    version = HiddenVersionField()


class SeenForm(Form):
    """A button that says which version of the thing its reader had before her."""

    version = HiddenVersionField()


class SignForm(Form):
    read = HiddenField()
    """The digest of all that the page showed."""


class ReasonForm(Form):
    reason = TextAreaField("What should change?", [DataRequired("Say what should change, so that the author knows")])


class RemoveForm(Form):
    reason = TextAreaField("Why is it no longer needed?", [DataRequired("Say why it is no longer needed")])
