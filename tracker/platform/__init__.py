"""Machinery every room stands on: database, clock, references, history, jobs, storage. Knows no inspection word."""
