"""What the machine tells of its person, one file a source: idle, locked, busy."""
