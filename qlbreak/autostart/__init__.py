"""Starting with the session: what is written for that, one file a way."""
