#!/usr/bin/env python3
"""Try many made-up histories of changes on disk: python3 scripts/property_campaign.py --examples N.

The tests try few of them, always the same; this tries others each time, and gives the one that
failed in as few steps as can be found. To be run with the Python of the checkout's .venv.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEST = "tests/indexing/test_library_equals_disk.py"


def main() -> int:
    """Run the property test at length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=500, help="histories (about 1 s each)")
    chosen = parser.parse_args()
    environment = {
        **os.environ,
        "INPHOTOS_PROPERTY_EXAMPLES": str(chosen.examples),
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, "-m", "pytest", TEST, "--hypothesis-show-statistics"]
    return subprocess.call(command, cwd=ROOT, env=environment)


if __name__ == "__main__":
    sys.exit(main())
