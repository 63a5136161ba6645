"""What leaves the registry: tables, files, and what another registry is told."""
