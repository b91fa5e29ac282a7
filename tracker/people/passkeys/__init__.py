"""Passkeys (WebAuthn): a device or a password manager shows who somebody is, in place of her password and her code."""
