"""From the call to the report: one inspection while it happens, or a rehearsal of one. The two never mix."""
