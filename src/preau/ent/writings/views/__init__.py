"""What pupils write: their own pages, those of who reads, those of who reads over."""
