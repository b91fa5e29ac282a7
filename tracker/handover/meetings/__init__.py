"""The page of one meeting: what is suggested to be read before it, what was chosen, and the page that is made of it."""
