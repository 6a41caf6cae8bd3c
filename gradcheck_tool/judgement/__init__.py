"""From numbers to a verdict: pure functions, no user code and nothing printed."""
