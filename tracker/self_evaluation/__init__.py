"""The self-evaluation: statements that cite evidence, self-grades, review and sign-off, version by version."""
