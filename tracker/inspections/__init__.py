"""Inspections: reading a report, the review of what was read, inspections, judgements, paragraphs."""
