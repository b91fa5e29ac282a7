"""Several changes of the plan at once, for one reason: another lead, other due dates, a leaver's work handed over."""
