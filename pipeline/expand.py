"""Bounded expansion of what travels packed."""
