"""The pure half of the collaboration engine, rule by rule."""
