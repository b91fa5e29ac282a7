"""Actions: who does what by when for an improvement item, how far it has come, and what difference it made."""
