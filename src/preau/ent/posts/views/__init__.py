"""The life of a space: read it, write in it, take back."""
