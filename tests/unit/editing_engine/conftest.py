"""The hub with its people, for every test of the engine."""

from tests.unit.editing_engine.test_hub import scene, stage

__all__ = ["scene", "stage"]
