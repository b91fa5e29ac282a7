"""Who is writing in which statement. One at a time, and nobody for longer than she writes."""
