"""The pages of premises: read, then written."""
