"""Demo data: an invented trust with its people and proposals, to try coprod with."""
