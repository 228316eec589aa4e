"""Tests of epochs and versions."""
