"""Along a trace in any world: values, tangents, adjoints, and what they tell together."""
