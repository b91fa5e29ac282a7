"""Who grades a case again, and who must not see its first grades before."""
