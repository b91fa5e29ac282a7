"""Past audits, from somebody's own spreadsheet: matched, shown row by row, then all of them brought in or none."""
