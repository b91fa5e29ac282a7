"""How ready the lists of children are that inspectors ask for first. The lists themselves are never held here."""
