"""Writing a mot, reading and answering one, following the answers."""
