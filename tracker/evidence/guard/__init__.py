"""Warnings about what could lead to a child: what was found in evidence and its files, and what people decided."""
