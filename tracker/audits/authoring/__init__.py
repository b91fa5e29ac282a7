"""Audit tools that an authority writes itself, or copies and changes: drafts, published versions, what differs."""
