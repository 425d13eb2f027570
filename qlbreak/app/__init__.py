"""The running program: the owner and all that puts something into its queue."""
