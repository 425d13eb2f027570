"""What to do: from what is known of a person to the routine that is offered."""
