"""Pages of families (`family`), of a class (`roll`), of a school's head (`school`)."""
