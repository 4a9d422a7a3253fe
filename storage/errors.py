"""What can be wrong with the store itself."""

from __future__ import annotations


class DatabaseError(Exception):
    """A database address that cannot be used, or a store that cannot be opened; the message says what would be right.

    It never shows a password.
    """


class BackupError(Exception):
    """The copy could not be made, or is none; the message says what would be right."""
