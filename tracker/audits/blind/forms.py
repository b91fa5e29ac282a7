from decimal import Decimal

from wtforms.validators import DataRequired, InputRequired, Length

from tracker.audits.blind.rules import Sampling
from tracker.audits.rules import LONGEST_TEXT
from tracker.web.fields import Form, HiddenVersionField, NumberField, RadiosField, TextAreaField

YES, NO = "yes", "no"


class SamplingForm(Form):
    version = HiddenVersionField()
    share = NumberField(
        "Of a hundred other audits, how many are drawn by lot?",
        [InputRequired("Give the share as a number from 0 to 100")],
        hint="Councils are said to moderate 10 to 20. With 100 every audit is moderated.",
        whole=True,
        width=3,
    )
    ends = RadiosField(
        "Is every audit with the best or the worst grade moderated?", [InputRequired("Choose yes or no")], inline=True
    )

    def start(self, sampling: Sampling, version: int) -> None:
        self.version.data, self.share.data = version, Decimal(sampling.share)
        self.ends.data = YES if sampling.ends else NO

    def offer(self) -> None:
        self.ends.offer([(YES, "Yes"), (NO, "No")])

    @property
    def sampling(self) -> Sampling:
        return Sampling(int(self.share.data or 0), self.ends.data == YES)


class AskForm(Form):
    version = HiddenVersionField()
    because = TextAreaField(
        "Why should it be moderated?",
        [
            DataRequired("Say why it should be moderated"),
            Length(max=LONGEST_TEXT, message=f"Use at most {LONGEST_TEXT:,} characters"),
        ],
        hint="The moderator reads this, so do not say what the grades are.",
    )
