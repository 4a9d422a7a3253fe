"""The command line: one file per command, each with `register` (its words and help) and `run`."""
