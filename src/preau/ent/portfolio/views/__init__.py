"""Pages of notebooks, by who reads and writes them."""
