"""Hundreds of files brought in together: a zip or a folder with a manifest that says what each one shows."""
