"""Records into the registry: read, checked, drafted as rows, written an article at a time."""
