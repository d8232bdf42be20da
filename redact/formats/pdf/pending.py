"""Settings that are due before something is painted: only the last of each kind is written."""

_SPACES = frozenset([b"cs", b"CS"])
_COMPONENTS = frozenset([b"sc", b"SC", b"scn", b"SCN"])


class Pending:
    """Operators of the graphics state, put off until they matter, by what they set."""

    def __init__(self) -> None:
        self._due: dict[str, list[bytes]] = {}

    def copy(self) -> "Pending":
        """Return the same settings, to go on with by themselves."""
        made = Pending()
        made._due = dict(self._due)
        return made

    def set(self, kind: str, text: bytes) -> None:
        """Put a setting in place of what was set of a kind."""
        self._due[kind] = [text]

    def set_space(self, kind: str, text: bytes) -> None:
        """Set a colour space.

        Readers differ in whether that alone sets a colour, so the colour before it stays before it.
        """
        due = self._due.get(kind, [])
        before = due[:-1] if due and _operator(due[-1]) in _SPACES else due
        self._due[kind] = [*before, text]

    def set_components(self, kind: str, text: bytes) -> None:
        """Set a colour in the space that was set last."""
        space = [before for before in self._due.get(kind, []) if _operator(before) not in _COMPONENTS][-1:]
        self._due[kind] = [*space, text]

    def flush(self) -> list[bytes]:
        """Return what is due, in the order in which the kinds were first set; then nothing is."""
        due = [text for texts in self._due.values() for text in texts]
        self._due = {}
        return due


def _operator(text: bytes) -> bytes:
    return text.rpartition(b" ")[2]
