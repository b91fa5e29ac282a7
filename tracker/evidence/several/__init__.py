"""Several files added at once: each waits, seen by whoever added it alone, until what it shows is said."""
