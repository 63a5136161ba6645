"""The table of sources: TOML in, validated Sources out."""
