"""Bring a database to the schema of this version, without any file for the user to keep."""

from __future__ import annotations


async def upgrade(url: str) -> None:
    """Run all missing migrations in one transaction; two processes that start together wait for each other."""
    raise NotImplementedError


async def current(url: str) -> str | None:
    """The revision that the database is at; None for an empty one."""
    raise NotImplementedError


def newest() -> str:
    """The revision that this version of the program needs."""
    raise NotImplementedError
