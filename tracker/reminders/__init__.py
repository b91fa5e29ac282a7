"""Reminders: who is mailed about what she owes, when, and the calendar that shows the same days."""
