"""What is remembered: tables, queries by aggregate, search, outbox, migrations."""
