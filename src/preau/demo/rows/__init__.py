"""Rows that `bulk` writes many at once, in the shape the actions give them."""
