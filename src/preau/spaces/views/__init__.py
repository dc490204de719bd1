"""Pages of the stop switch, and of an account taken by somebody else."""
