"""Passwords: which are taken, how they are changed, and the mailed link with which a forgotten one is replaced."""
