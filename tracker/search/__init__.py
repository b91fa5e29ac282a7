"""Search: a reference opens its thing; words find things of every kind."""
