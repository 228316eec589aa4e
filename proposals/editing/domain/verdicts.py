"""What the gate answers when an update may not enter, in words that a clinician can read."""

_SENTENCES = {
    "malformed": "This change arrived damaged, so it was not saved.",
    "client-id": "This change was made in somebody else's name, so it was not saved.",
    "too-big": "This change is too large to save in one piece. Please add less at a time.",
    "root": "This change is for a section that this document does not have, so it was not saved.",
    "kind": "This change holds content that this document cannot keep, so it was not saved.",
}
_LINK = "A link can only lead to a web page or an e-mail address, so this change was not saved."


class Refused(Exception):
    """The update may not enter. Fatal: nobody honest made it, so the socket closes."""

    def __init__(self, code: str, sentence: str, *, fatal: bool) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.fatal = fatal


class Gap(Exception):
    """The update builds on something the room has not seen: ask the sender for all it has, store nothing."""


def refused(code: str) -> Refused:
    return Refused(code, _SENTENCES[code], fatal=code != "too-big")


def refused_link() -> Refused:
    """A person can type such a link into an editor that does not check, so it ends no connection."""
    return Refused("kind", _LINK, fatal=False)
