"""What a measure says to a reader: how far off target, better or worse, within its usual range or not."""
