"""When to say it: the sitting clock, the life of a prompt, and every answer."""
