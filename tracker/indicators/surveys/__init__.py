"""Surveys of children, parents, staff and partners by counts alone, and schemes that assess a service."""
