"""The files of evidence: every version that there was, whether it may be opened yet, and a first look at it."""
