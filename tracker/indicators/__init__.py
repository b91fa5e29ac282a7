"""Measures: what is counted, on what basis, against what target, and which way it is going."""
