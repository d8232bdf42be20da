"""Reading rich text: a stream of runs and marks for what a reader sees, and the rest told on the side."""

import re
from dataclasses import dataclass, field, replace

from redact.errors import FormatError
from redact.formats.passage import Content
from redact.formats.rtf.controlwords import (
    CHARACTERS,
    CODEPAGES,
    LOOKS,
    MARGINS,
    MARKS,
    SKIPPED,
    SYMBOL,
    VISIBLE,
)
from redact.formats.rtf.flow import Flow, Mark, Run, passage_of

LARGEST = 64 * 2**20
MOST_WORDS = 4_000_000
"""Control words and groups of one file."""
_DEEPEST = 500
_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?(?: |(?=[^A-Za-z0-9 ])|$)|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>[^A-Za-z'])|(?P<brace>[{}])|(?P<line>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|(?P<bad>\\)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(slots=True)
class Opened:
    """Rich text as it was read."""

    content: Content
    body: Flow = field(default_factory=list)
    margins: dict[str, Flow] = field(default_factory=dict)
    """Headers and footers by their destination, such as ``headerf`` for the first page."""

    @classmethod
    def of(cls, data: bytes) -> "Opened":
        """Open a file; raises ``FormatError`` where it is malformed or too large."""
        return _Reader(data).opened()


@dataclass(frozen=True, slots=True)
class _State:
    place: str = "body"
    """``body``, a margin, ``said``, ``looks`` or ``fonts``."""
    starred: bool = False
    hidden: bool = False
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    skip: int = 1
    """Characters after a Unicode character that stand for it in old readers."""
    font: int = 0
    note: bool = False
    """Whether it is inside of a footnote, which is set in brackets where it is called."""


class _Reader:
    def __init__(self, data: bytes) -> None:
        if len(data) > LARGEST:
            raise FormatError("It is larger than is read here: split it.")
        if data.count(b"\\") + data.count(b"{") > MOST_WORDS:
            raise FormatError("It has more control words than are read here: split it.")
        self.data = data
        self.content = Content()
        self.opened_file = Opened(self.content)
        self.said: list[str] = []
        self.pending = b""
        self.codepage = "cp1252"
        self.charsets: dict[int, int] = {}
        self.state = _State()
        self.to_skip = 0

    def opened(self) -> Opened:
        stack: list[_State] = []
        position, ended = 0, False
        while position < len(self.data) and not ended:
            token = _TOKEN.match(self.data, position)
            if token is None or token["bad"]:
                raise FormatError("It is malformed rich text: save it anew.")
            position = token.end()
            if token["hex"] is None:
                self._flush()
            if token["brace"] == b"{":
                stack.append(self.state)
                self.state = replace(self.state, starred=False)
                if len(stack) > _DEEPEST:
                    raise FormatError("It is nested too deeply: save it anew.")
            elif token["brace"] == b"}":
                if not stack:
                    raise FormatError("It is malformed rich text: save it anew.")
                if self.state.note and not stack[-1].note:
                    self._text(") ")
                self.state = stack.pop()
                self.to_skip = 0
                self.said.append("\n" if self.said and self.said[-1] != "\n" else "")
                ended = not stack
            elif token["word"] is not None:
                position += self._word(token["word"].decode("ascii"), token["number"])
            elif token["symbol"] is not None:
                self._symbol(token["symbol"])
            elif token["hex"] is not None:
                if self.to_skip:
                    self.to_skip -= 1
                else:
                    self.pending += bytes([int(token["hex"], 16)])
            elif token["text"] is not None:
                text = token["text"][self.to_skip :]
                self.to_skip = max(self.to_skip - len(token["text"]), 0)
                self.pending += text
                self._flush()
        self._flush()
        if not ended:
            raise FormatError("It is cut off: save it anew.")
        self.content.hide("after-end", self.data[position:].decode("latin-1").strip("\0\r\n "))
        return self._laid_out()

    def _laid_out(self) -> Opened:
        opened = self.opened_file
        for locator, flow in {"body": opened.body, **opened.margins}.items():
            self.content.add(locator, passage_of(flow))
        self.content.hide("not-shown", "".join(self.said).strip())
        return opened

    def _flow(self) -> Flow | None:
        if self.state.hidden or self.state.place in ("said", "looks", "fonts"):
            return None
        if self.state.place == "body":
            return self.opened_file.body
        return self.opened_file.margins.setdefault(self.state.place, [])

    def _flush(self) -> None:
        if not self.pending:
            return
        pending, self.pending = self.pending, b""
        charset = self.charsets.get(self.state.font, 1)
        if charset == SYMBOL:
            self._text("□" * len(pending))
            return
        encoding = CODEPAGES.get(charset, self.codepage) if charset > 1 else self.codepage
        try:
            self._text(pending.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            self.content.obstruct(
                "encoding", "Its characters are not in the encoding that it declares: save it anew."
            )

    def _text(self, text: str) -> None:
        if _CONTROL.search(text):
            self.content.obstruct(
                "control-characters",
                "It holds control characters, which some readers leave out: save it anew.",
            )
        flow, state = self._flow(), self.state
        if flow is None:
            if state.place != "looks" and state.place != "fonts":
                self.said.append(text)
            return
        looks = (state.bold, state.italic, state.underlined)
        last = flow[-1] if flow else None
        if isinstance(last, Run) and (last.bold, last.italic, last.underlined) == looks:
            last.text += text
        else:
            flow.append(Run(text, *looks))

    def _mark(self, kind: str) -> None:
        flow = self._flow()
        if flow is None:
            self.said.append("\n")
        else:
            flow.append(Mark(kind))

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.state = replace(self.state, starred=True)
        elif symbol in (b"\r", b"\n"):
            self._mark("par")
        elif symbol in (b"{", b"}", b"\\"):
            self._text(symbol.decode("ascii"))
        elif symbol in (b"~", b"_"):
            self._text("\u00a0" if symbol == b"~" else "-")
        elif symbol == b"\t":
            self._mark("tab")

    def _word(self, word: str, digits: bytes | None) -> int:
        """Obey a control word; return how many bytes after it belong to it."""
        number = None if digits is None else int(digits)
        state = self.state
        if word == "bin":
            return max(number or 0, 0)
        if word == "u" and number is not None:
            self._unicode(number)
        elif word in CHARACTERS:
            self._text(CHARACTERS[word])
        elif word in MARKS:
            self._mark(MARKS[word])
        elif word == "b":
            self.state = replace(state, bold=number != 0)
        elif word == "i":
            self.state = replace(state, italic=number != 0)
        elif word == "ul":
            self.state = replace(state, underlined=number != 0)
        elif word == "ulnone":
            self.state = replace(state, underlined=False)
        elif word in ("v", "deleted"):
            if number != 0:
                self.content.note("Hidden and deleted text is left out.")
            self.state = replace(state, hidden=number != 0)
        elif word == "plain":
            self.state = replace(state, hidden=False, bold=False, italic=False, underlined=False)
        elif word == "uc":
            self.state = replace(state, skip=max(number or 0, 0))
        elif word == "f" and number is not None:
            self.state = replace(state, font=number)
        elif word == "fcharset" and number is not None:
            self.charsets[state.font] = number
        elif word == "ansicpg" and number:
            self.codepage = f"cp{number}" if number != 10000 else "mac_roman"
        elif word in ("mac", "pc", "pca"):
            self.codepage = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        else:
            self._destination(word)
        return 0

    def _destination(self, word: str) -> None:
        place = self.state.place
        if word in ("pict", "object", "objdata"):
            code, reason = (
                ("picture", "It holds a picture, which cannot be searched here: review it by hand.")
                if word == "pict"
                else ("embedded-object", "It holds an embedded file: submit that on its own.")
            )
            self.content.obstruct(code, reason)
            self.state = replace(self.state, place="looks")
        elif word == "fonttbl":
            self.state = replace(self.state, place="fonts")
        elif word in LOOKS:
            self.state = replace(self.state, place="looks")
        elif word in MARGINS:
            self.state = replace(self.state, place=word)
        elif word == "shptxt":
            # The text of a shape is seen, though it stands inside of instructions that are not.
            self.state = replace(self.state, place="body", starred=False)
            self._mark("par")
        elif word == "footnote":
            self._text(" (")
            self.state = replace(self.state, note=True, starred=False)
        elif word in SKIPPED or (self.state.starred and word not in VISIBLE and place != "looks"):
            self.state = replace(self.state, place="said")

    def _unicode(self, number: int) -> None:
        code = number % 65536
        flow = self._flow()
        self.to_skip = self.state.skip
        if 0xDC00 <= code < 0xE000 and flow and isinstance(flow[-1], Run) and flow[-1].text[-1:] >= "\ud800":
            high = ord(flow[-1].text[-1])
            if high < 0xDC00:
                flow[-1].text = flow[-1].text[:-1] + chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
                return
        self._text("□" if 0xF000 <= code < 0xF100 else chr(code))
