"""Checking what was read: every field with where it came from, what a person put right, and what still needs one."""
