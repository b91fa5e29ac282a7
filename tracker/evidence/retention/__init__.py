"""How long evidence is kept: periods, legal holds, disposal lists that people approve, and the disposal log."""
