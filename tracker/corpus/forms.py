"""What we ask about published reports: their files."""

from tracker.web.fields import FilesField, Form


class AddReportsForm(Form):
    files = FilesField(
        "Published reports, as PDF files",
        hint="Of any authority, as published at reports.ofsted.gov.uk. You can choose several, or drop them here.",
        accept=".pdf,application/pdf",
    )
