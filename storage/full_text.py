"""The full-text index of SQLite: its tables, and what is written into it.

`resolution_search` holds analysed word forms in place of words, so FTS5 only splits at blanks and compares. Its rows
have the ids of the resolutions and describe their newest revision.
"""

from __future__ import annotations

TABLE = "resolution_search"

CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5(title, topics, body,"
    " tokenize = \"unicode61 remove_diacritics 0 tokenchars '-_.'\")"
)
DROP = f"DROP TABLE {TABLE}"


def is_own_table(name: str | None) -> bool:
    """Whether a table belongs to the full-text index (FTS5 keeps several shadow tables beside its own)."""
    return name is not None and (name == TABLE or name.startswith(f"{TABLE}_"))
