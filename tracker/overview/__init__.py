"""Faces that read many rooms: my work, readiness, one improvement item with all that hangs on it."""
