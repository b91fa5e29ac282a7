"""How far moderators agree with auditors, and how strict each auditor is."""
