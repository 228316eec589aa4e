"""Pages of the margin: they read and post without script, on a phone and with a screen reader."""
