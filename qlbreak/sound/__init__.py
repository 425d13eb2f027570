"""What a guided routine lets be heard: tones of its own, the system's voice, silence in a call."""
