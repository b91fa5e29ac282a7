"""Taking numbers out of files for good: files in, files out. Knows no database and no web."""
