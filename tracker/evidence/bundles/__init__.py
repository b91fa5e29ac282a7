"""Evidence taken out of the service as one zip: numbered files, an index that opens offline, and checksums."""
