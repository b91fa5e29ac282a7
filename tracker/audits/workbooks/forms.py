from collections.abc import Sequence

from tracker.audits.models import Audit
from tracker.web.fields import CheckboxesField, FileField, Form


class SendOutForm(Form):
    audits = CheckboxesField("Drafts to answer in a workbook")

    def offer(self, drafts: Sequence[Audit]) -> None:
        self.audits.offer(
            [(str(one.number), f"{one.reference} {one.tool.short_name}, case {one.case_reference}") for one in drafts]
        )


class BringBackForm(Form):
    file = FileField(
        "The workbook that you answered (.xlsx)",
        hint="You see what every cell would do before anything changes.",
        accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
