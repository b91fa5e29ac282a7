"""Themes that several audits found: each with its findings, and one click away from an improvement item."""
