"""Documents that inspectors ask for at the beginning: who has each, by when, and whether it is ready."""
