"""Packs: gather what is known, freeze it, render it, keep it."""
