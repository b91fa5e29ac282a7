"""The inspectors' room: read-only, for a while, with what was handed over in one inspection and nothing else."""
