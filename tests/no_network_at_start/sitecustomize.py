"""Python imports this at the start of the programs that tests start; see ``no_network.py``."""

import importlib.util
import sys
from pathlib import Path

_spec = importlib.util.spec_from_file_location(
    "no_network", Path(__file__).parents[1] / "no_network.py"
)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules["no_network"] = _module
_spec.loader.exec_module(_module)
_module.install()
