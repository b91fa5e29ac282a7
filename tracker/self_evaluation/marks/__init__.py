"""All marks of a version in one list, and why one may stay."""
