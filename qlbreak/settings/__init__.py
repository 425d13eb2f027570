"""The settings: what may stand in the file, and what is in it now."""
