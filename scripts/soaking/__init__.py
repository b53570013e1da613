"""The parts of ``soak.py``: an album that changes, a user, and what is counted meanwhile."""
