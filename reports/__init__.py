"""Documents: frozen contents in, PDF, web page, Word and spreadsheet out. Knows no application and no database."""
