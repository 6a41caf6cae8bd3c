"""The rules of differentiation: rows, nothing else."""
