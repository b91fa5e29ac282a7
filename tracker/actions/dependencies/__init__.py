"""What waits for what in the plan: no circles, the chain that decides a last day, and what a late action delays."""
