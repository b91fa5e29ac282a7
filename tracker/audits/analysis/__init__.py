"""What audits tell over time, and what they changed: figures with their samples and intervals, read from the counts."""
