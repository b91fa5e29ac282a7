"""Signing in with an account of the organisation's own: OpenID Connect, such as Microsoft Entra ID."""
