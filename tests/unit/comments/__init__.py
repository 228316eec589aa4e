"""The margin, rule by rule."""
