"""JSON about the margin: threads with their comments, what may be done with them, and doing it."""
