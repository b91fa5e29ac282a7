"""What inspectors ask for and what they are given: requests, files with their hashes, and the room they read in."""
