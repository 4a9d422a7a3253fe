"""The demo: an invented publisher on loopback, watched, taken in, delivered and asked about."""
