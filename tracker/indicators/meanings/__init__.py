"""What a measure counts, from which day on: no series changes its meaning in silence."""
