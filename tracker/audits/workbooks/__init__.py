"""Audits that are answered in a workbook, away from the network, and brought back."""
