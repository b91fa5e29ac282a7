"""``tracker import-report``: reports read many at once, into a file or into the database."""
