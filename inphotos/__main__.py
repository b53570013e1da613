"""``python -m inphotos``."""

import sys

from inphotos.cli import main

if __name__ == "__main__":
    sys.exit(main())
