from wtforms import HiddenField
from wtforms.validators import DataRequired, InputRequired, Length

from tracker.self_evaluation.remarks.rules import LONGEST
from tracker.self_evaluation.rules import QUESTIONS, Confidence, Kind, Question
from tracker.web.fields import (
    CheckboxField,
    ChoiceField,
    DayField,
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
    kind = ChoiceField("Is it a strength or an area for development?", Kind, inline=True, hint="Leave open for plans.")
    text = TextAreaField(
        "Statement",
        rows=14,
        hint="Cite in square brackets: [E-231] evidence, [Q-88] an audit, [M-7] a measure, [R-3:8] paragraph 8 of a "
        "report. A sentence that cites nothing is marked as a claim. An empty line starts a paragraph, “- ” a point.",
    )
    find = TextField("Find something to cite", [Length(max=80)], guard=False, width=20)
    item = ReferenceField("Improvement item it answers", prefix="I", hint="Such as I-9. Leave empty if none.")
    version = HiddenVersionField()


class AreaViewForm(Form):
    grade = RadiosField("Our own grade", hint="Ofsted has not given this grade. It is ours.", wide=True)
    confidence = ChoiceField("How confident are we?", Confidence, inline=True)
    reason = TextAreaField(
        "Why this grade?", rows=4, hint="Asked for above all where inspectors or audits are less kind."
    )
    prints_doubt = CheckboxField(
        "Where the grade is kinder than the evidence, let packs say so under “What we are not yet sure of”",
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


class NotedForm(Form):
    on = DayField("When did the lead member note it?", [InputRequired("Enter the day")])
    where = TextField(
        "At which meeting or briefing?", [DataRequired("Say at which meeting or briefing"), Length(max=120)]
    )


class PublishedForm(Form):
    on = DayField("When was it published?", [InputRequired("Enter the day")])
    where = TextField(
        "Where can it be read?",
        [DataRequired("Say where it can be read"), Length(max=300)],
        hint="An address or a place.",
    )


class TermForm(Form):
    written = TextField(
        "Where a statement has", [DataRequired("Enter the words that are written"), Length(max=80)], width=20
    )
    shown = TextField("Show instead", [DataRequired("Enter the words that are shown"), Length(max=80)], width=20)


class SuggestForm(Form):
    text = TextAreaField(
        "The statement as you would have it",
        rows=14,
        hint="Change what you would have otherwise. Each passage becomes a suggestion, accepted or rejected by itself.",
    )
    words = TextAreaField("Why?", [Length(max=LONGEST)], hint="It stands with each of them. May stay empty.")
    opened = HiddenVersionField()
    """The number of the wording that she had before her."""


class CommentForm(Form):
    words = TextAreaField("Comment", [DataRequired("Write the comment"), Length(max=LONGEST)])
    about = TextAreaField(
        "Which words is it about?", rows=2, hint="Copy them from the statement. Leave empty if it is about all of it."
    )


class RejectForm(Form):
    reason = TextAreaField("Why not?", [DataRequired("Say why, so that whoever suggested it knows")], rows=2)


class ResolveForm(Form):
    answer = TextAreaField("What was done about it?", rows=2, hint="May stay empty.")


class AnswerForm(Form):
    words = TextAreaField(
        "Why may the sentence stay?",
        [DataRequired("Say why the sentence may stay as it is")],
        hint="A sentence or two. It is kept with your name and the day, and asked for again when the words change.",
    )


class RemoveForm(Form):
    reason = TextAreaField("Why is it no longer needed?", [DataRequired("Say why it is no longer needed")])
