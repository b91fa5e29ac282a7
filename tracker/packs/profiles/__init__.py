"""Profiles: which sections of a kind of pack, in which order, how marked, how it looks, and what is left out of it."""
