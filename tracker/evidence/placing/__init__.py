"""Under which judgement areas and themes each piece of evidence stands, kept as links change.

The places are kept in the transaction that changes what they follow from, and can be made anew at any time.
"""
