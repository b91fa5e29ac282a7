"""A year of audits: how many of which team and month, the cases drawn, who audits them, and how far it has come."""
