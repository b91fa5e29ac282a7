"""Evidence: files, links and voices; what each one shows, how fresh and how strong it is."""
