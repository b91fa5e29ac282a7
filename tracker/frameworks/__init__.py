"""Inspection frameworks as versioned data: areas, themes, scales, terms, deadlines.

No code names a judgement area.
"""
