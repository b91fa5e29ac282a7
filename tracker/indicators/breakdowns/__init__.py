"""A measure for each of its parts: by team, by age, by ethnicity, in the authority's own words."""
