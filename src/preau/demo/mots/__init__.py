"""What goes with the mots of the demo; the mots themselves are told in `life`."""
