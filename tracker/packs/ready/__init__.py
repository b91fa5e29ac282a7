"""Packs of inspection day that are made ahead of the call: every night and when something changed, and kept if not."""
