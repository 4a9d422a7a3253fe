"""Pictures and files: pure functions from plain data to bytes. They are busy for a moment, so callers use a thread."""
