"""The hub with its people, as the tests of the engine set it up."""

from tests.unit.editing_engine.test_hub import scene, stage

__all__ = ["scene", "stage"]
