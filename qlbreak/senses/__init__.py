"""What the machine tells of its person: idle, locked, busy, and a file for each who is asked."""
