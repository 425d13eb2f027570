"""Every sentence that a person reads: values in, text out."""
