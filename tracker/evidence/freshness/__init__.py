"""How long each kind of evidence can be relied on in an authority, and looking at a piece again."""
