"""Svodka: Russian news pages in, structured records out."""

from pipeline.run import process

__all__ = ["process"]
