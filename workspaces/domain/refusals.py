"""How a rule says no: with one sentence that tells the person what is in the way and what helps."""


class RefusedError(Exception):
    """A rule does not allow this now; the text is for the person who asked."""
