"""Slowing down whoever guesses, without shutting out the person whose account it is."""
