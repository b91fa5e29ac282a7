"""The plan as a spreadsheet: somebody's own brought in, ours sent out to be edited and taken back."""
