"""Inspection day: every pack of a chosen set as at now, in one zip with an index and checksums."""
