"""Acts of the play that stand alone, a file each."""
