"""What happens the same day when a grade means that a child may not be safe."""
