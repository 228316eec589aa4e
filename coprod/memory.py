"""How often unused cycles are looked for: among what stands once the server is up, never again."""

import gc

# Messages make no cycles, so a look after every 700 new objects, as Python has it, finds nothing.
THRESHOLDS = 20_000, 20, 20


def settle() -> None:
    """Call once everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
