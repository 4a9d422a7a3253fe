"""Publication to record: fetching at the edge, pure functions from the bytes on."""
