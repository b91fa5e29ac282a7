"""How appraisals of one item follow each other: what moved, what is new, and the picture of it."""
