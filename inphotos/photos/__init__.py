"""Files in: finding, reading and keeping small versions of photos."""
