"""The statutory clock: what the regulations ask of an authority after an inspection, by when, and what was done."""
