"""Hostile photos: seeds of every format, what is done to them, and what must hold afterwards."""
