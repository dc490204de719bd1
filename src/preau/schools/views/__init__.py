"""Pages of a school's register, for its head and the teams of its classes."""
