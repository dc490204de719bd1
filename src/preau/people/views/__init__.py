"""Pages of the door, of one's own account, and of the operator who opens the base."""
