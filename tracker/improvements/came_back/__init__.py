"""Weaknesses that come back: an item of a later report that says what an earlier one said, as a person confirms."""
