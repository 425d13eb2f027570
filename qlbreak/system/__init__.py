"""What every machine gives, and each has otherwise: clocks, files, locks, logs, ends."""
