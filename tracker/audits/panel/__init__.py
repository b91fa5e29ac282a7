"""Several moderators who grade one case, each without sight of the others, and then settle on one grade."""
