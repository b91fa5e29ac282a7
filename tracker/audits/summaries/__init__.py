"""Counts of audits and findings by month, kept as they change, so that a page need not read every audit.

They are kept in the transaction that changes an audit, and can be made anew from the audits at any time.
"""
