"""The number systems in which the rules can be read."""
