"""After the last day: the draft report and what is inaccurate in it, the final one, and what it moves in the plan."""
