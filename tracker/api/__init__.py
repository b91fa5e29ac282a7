"""The same facts for other systems, as JSON."""
