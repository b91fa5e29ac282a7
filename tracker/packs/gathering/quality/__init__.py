"""The quarterly report on audits, chapter by chapter: how good practice was, how far to trust it, what it changed."""
