"""Drawing cases from a list of pseudonymous references, so that anybody with the list can draw them again."""
