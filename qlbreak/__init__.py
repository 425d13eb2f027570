"""A break reminder for people with a sore lower back."""

__version__ = "0.1.0"
