"""What uploaded files say, passage by passage, without what could lead to a child, and what was found of that."""
