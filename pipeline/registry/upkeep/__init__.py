"""Care for the registry itself: backups, and whether it agrees with itself."""
