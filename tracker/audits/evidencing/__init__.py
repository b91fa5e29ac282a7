"""What evidence shows about a finding: attached to it, and closing it."""
