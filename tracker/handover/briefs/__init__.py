"""What leaders read at the end of a day in the week: on the screen, and as a pack of one page."""
