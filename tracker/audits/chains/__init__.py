"""From what was found to what changed: finding, action, re-audit and change of grade, as one picture."""
