"""Quality assurance: case audits with graded domains, moderation, findings, and whether the loop was closed."""
