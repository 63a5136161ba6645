"""What follows from all that was said: values and their standing, relations, terms, conflicts, what is new."""
