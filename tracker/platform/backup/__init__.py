"""Everything an installation holds in one encrypted file, and back again: rows of one moment and the files they name.

The file is an age file (https://age-encryption.org/v1) around a tar archive: ``age --decrypt`` and ``tar`` open it
without us. Rows are kept as what they say and not as one database writes them, so that a backup of either kind of
database is restored into either.
"""
