"""A measure beside what was published of England, the region and neighbours: never on another basis or period."""
