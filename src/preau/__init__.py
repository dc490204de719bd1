"""Préau: the digital space and the digital plan of a city's nursery and elementary schools."""

__version__ = "0.1.0"
