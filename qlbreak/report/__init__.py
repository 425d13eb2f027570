"""The record told: as values for programs, as text, and as a page."""
