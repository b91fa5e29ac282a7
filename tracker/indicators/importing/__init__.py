"""Figures of measures that are kept elsewhere: brought in from a spreadsheet, and sent out as one."""
