"""What administrators may do, each in the private chat with the bot; for everybody else these commands do not exist."""
