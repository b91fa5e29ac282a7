"""Inspection readiness tracker. ``tracker.application`` puts the rooms together.

Nothing is imported here: the process that reads a report imports this package, and must be small and quick to start.
"""
