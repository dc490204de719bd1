"""The home of each space, and its life."""
