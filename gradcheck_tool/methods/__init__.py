"""Independent ways to the derivative, one file each."""
