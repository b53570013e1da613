"""The states of the window, and how they come into pictures; see ``take_screenshots.py``."""
