"""Standing checks: what would not hold if inspectors called tomorrow, looked for every night and whenever asked."""
