"""The plan with some filters on, under a name: one's own, or shared with colleagues by its link."""
