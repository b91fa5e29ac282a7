"""Boards: the plan as each board date saw it, kept for good, and what has moved from one to another or until now."""
