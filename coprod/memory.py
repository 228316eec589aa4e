"""What the server keeps in memory: no parts that nobody here uses, and cycles looked for seldom."""

import gc
import sys
from importlib import import_module

# REST framework takes these along wherever they are installed: kinds of fields that only PostgreSQL has, and
# pages and schemas of its own. We have none of them, and with the first comes the whole driver of PostgreSQL.
UNUSED = ("django.contrib.postgres", "markdown", "pygments", "yaml")
# Messages make no cycles, so a look after every 700 new objects, as Python has it, finds nothing. But a line
# that ends leaves some. Measured: a look after 20,000 kept 15 MiB of them while thousands came and went.
THRESHOLDS = 5_000, 5, 5


def load_framework() -> None:
    """Load REST framework as if these were not installed. Whoever else wants them has them as ever."""
    hidden = [name for name in UNUSED if name not in sys.modules]
    # None in this table is Python's own word for a module that cannot be imported.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        import_module("rest_framework.compat")
    finally:
        for name in hidden:
            del sys.modules[name]


def settle() -> None:
    """Call once everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
