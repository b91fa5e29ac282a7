"""Who is treated differently: counts of groups along a pathway, the relative rate index, and what cannot be said."""
