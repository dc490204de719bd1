"""The plan's pages: read, write, import, give away."""
