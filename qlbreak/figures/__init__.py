"""The drawn person: moving in the guide, still in notifications."""
