"""The weekly check-in: asked in a window or a terminal, told to the record."""
