"""What pages are made of, kept by a process so as to draw them at less cost."""
