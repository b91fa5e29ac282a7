"""Pure statistics of small samples: how sure a share is, when a series signals, which small numbers must be hidden."""
