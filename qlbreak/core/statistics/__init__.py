"""What the record amounts to: figures by day, by span, over all devices."""
