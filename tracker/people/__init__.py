"""People: authorities, teams, people, their roles, sign-in, and the guards on every page."""
