from collections.abc import Sequence

from tracker.audits.models import Audit
from tracker.audits.programme.models import Allocation
from tracker.web.fields import CheckboxesField, FileField, Form


class SendOutForm(Form):
    audits = CheckboxesField("Drafts to answer in a workbook")
    cases = CheckboxesField(
        "Cases that you were given and have not begun",
        hint="Downloading begins each as your draft, with what its draw knows, for the last six months. Whether the "
        "practitioner took part is put right in the draft here.",
    )

    def offer(self, drafts: Sequence[Audit], cases: Sequence[Allocation]) -> None:
        self.audits.offer(
            [(str(one.number), f"{one.reference} {one.tool.short_name}, case {one.case_reference}") for one in drafts]
        )
        self.cases.offer(
            [
                (str(one.id), f"{one.case_reference}, due {one.due_on:%-d %B %Y}, {one.sample.programme.name}")
                for one in cases
            ]
        )


class BringBackForm(Form):
    file = FileField(
        "The workbook that you answered (.xlsx)",
        hint="You see what every cell would do before anything changes.",
        accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
