"""A week of what is to be done, one thing of it, and what becomes of it."""
