"""Settings and the data that people edit without code."""
