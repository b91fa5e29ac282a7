"""What we ask about an import: the zip, a manifest beside it, and which column holds what."""

from wtforms.validators import InputRequired

from tracker.evidence.importing.models import EvidenceImport
from tracker.evidence.importing.rules import WANTED
from tracker.platform.workbooks import Sheet
from tracker.web.columns_form import ColumnsForm, columns_form
from tracker.web.fields import FileField, Form


class BringInForm(Form):
    zip = FileField(
        "The files, in one zip",
        [InputRequired("Choose the zip first")],
        hint="With a manifest.xlsx or manifest.csv in it that has a row for each file. Nothing is added before you "
        "have seen what every row would do.",
        accept=".zip,application/zip",
    )
    manifest = FileField(
        "The manifest, if it is not in the zip", hint="An Excel file (.xlsx) or .csv.", accept=".xlsx,.xlsm,.csv"
    )


def columns_form_of(imported: EvidenceImport, sheet: Sheet) -> ColumnsForm:
    return columns_form(
        WANTED, sheet, headings=imported.headings, headings_row=imported.headings_row, chosen=imported.columns
    )
