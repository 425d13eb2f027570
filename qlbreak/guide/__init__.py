"""A guided routine: its steps in time, then in a window, a terminal, or notifications."""
