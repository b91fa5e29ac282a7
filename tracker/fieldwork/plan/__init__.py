"""What usually happens when the telephone rings: from the framework's file, until an authority says it otherwise."""
