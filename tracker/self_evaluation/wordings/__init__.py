"""Every wording that a statement had, and two of them side by side."""
