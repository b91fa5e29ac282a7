"""What was said in the week: lines of enquiry, emerging strengths and concerns, and the evidence offered for each.

No grade is ever worked out from them, and no count of them stands for one.
"""
