"""What one command does and what the answer says; knows no chat system and no SQL."""
