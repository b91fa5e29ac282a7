"""Improvement items: what an inspection, or anybody else, asked the authority to change, in their words."""
