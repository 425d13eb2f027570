"""The pure part: no clock, file, thread, log or platform; time and idleness are arguments."""
