"""JSON (RFC 8259): text laid out as ``key: value`` lines; numbers and keys are searched too."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from redact.document import Document, Obstacle
from redact.errors import FormatError
from redact.formats.interface import NO_MEMBERS, Reading, Replacement, Written
from redact.formats.passage import Content, Cut, Passage, Slot, cut, require_same
from redact.formats.text import Characters, decode
from redact.redaction import Redaction

DEEPEST = 100
MOST_VALUES = 1_000_000


@dataclass(eq=False, slots=True)
class Scalar:
    """A string, number or word; a slot of passages."""

    text: str = field(repr=False)
    quoted: bool = True


@dataclass(eq=False, slots=True)
class Pairs:
    """An object, its keys in order and kept where they repeat."""

    items: list[tuple[Scalar, "Value"]] = field(repr=False)


Value = Scalar | Pairs | list["Value"]


class Json:
    """JSON, and JSON Lines. Redacted numbers become strings."""

    name = "json"
    suffix = ".json"

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whether it parses as an object or array, or as lines of such."""
        if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n\xff\xfe\x00")[:1] not in (b"{", b"["):
            return False
        found = decode(data)
        if isinstance(found, Obstacle):
            return False
        try:
            json.loads(found.text.splitlines()[0] if _is_lines(found.text) else found.text)
        except (ValueError, RecursionError, IndexError):
            return name.lower().endswith((".json", ".jsonl", ".geojson"))
        return True

    def read(self, data: bytes, name: str) -> Document:
        """Read the values as one segment; raises ``FormatError`` where they are malformed or too deep."""
        return _open(data)[0].document(name, self.name, data)

    def write(
        self,
        data: bytes,
        document: Document,
        redactions: Sequence[Redaction],
        members: Mapping[str, Replacement] = NO_MEMBERS,
    ) -> Written:
        """Write the values anew, indented by two, or one a line as they came."""
        require_same(data, document)
        content, characters, values = _open(data)
        cuts = content.cuts(redactions)
        if _is_lines(characters.text):
            text = "".join(_dump(value, cuts, None, 0) + "\n" for value in values)
        else:
            text = _dump(values[0], cuts, 2, 0) + "\n"
        return Written(characters.encode(text))

    def reread(self, data: bytes) -> Iterable[Reading]:
        """Read the strings with the parser of the standard library, and the characters as they are."""
        found = decode(data)
        if isinstance(found, Obstacle):
            raise FormatError(found.reason)
        strings: list[str] = []

        def gather(value: object) -> None:
            if isinstance(value, dict):
                for key, inner in value.items():
                    strings.append(f"{key}: ")
                    gather(inner)
            elif isinstance(value, list):
                for inner in value:
                    gather(inner)
            else:
                strings.append(f"{value}\n")

        for line in found.text.splitlines() if _is_lines(found.text) else [found.text]:
            gather(json.loads(line))
        yield Reading("json", "".join(strings))
        yield Reading("characters", found.text, "raw")


def _is_lines(text: str) -> bool:
    lines = text.strip().splitlines()
    return len(lines) > 1 and all(line[:1] in "{[" and line.rstrip()[-1:] in "}]" for line in lines if line)


def _open(data: bytes) -> tuple[Content, Characters[str], list[Value]]:
    found = decode(data)
    if isinstance(found, Obstacle):
        raise FormatError(found.reason)
    if found.text.count(",") + found.text.count("[") + found.text.count("{") > MOST_VALUES:
        raise FormatError("It has more values than are read here: split it.")
    lines = found.text.splitlines() if _is_lines(found.text) else [found.text]
    try:
        values = [_parse(line) for line in lines if line.strip()]
        content, passage = Content(), Passage()
        for value in values:
            _lay_out(value, passage, 0)
            passage.add("\n")
    except (ValueError, RecursionError):
        raise FormatError("It is malformed JSON, or nested too deeply: save it anew.") from None
    content.add("values", passage)
    return content, found, values


def _parse(text: str) -> Value:
    def pairs(items: list[tuple[str, object]]) -> Pairs:
        return Pairs([(Scalar(key), _value(value)) for key, value in items])

    number: Callable[[str], Scalar] = lambda digits: Scalar(digits, quoted=False)  # noqa: E731
    return _value(
        json.loads(text, object_pairs_hook=pairs, parse_int=number, parse_float=number, parse_constant=number)
    )


def _value(found: object) -> Value:
    if isinstance(found, Scalar | Pairs):
        return found
    if isinstance(found, list):
        return [_value(inner) for inner in found]
    if isinstance(found, str):
        return Scalar(found)
    return Scalar(json.dumps(found), quoted=False)


def _lay_out(value: Value, passage: Passage, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, Scalar):
        passage.add(value.text, value)
        passage.add("\n")
    elif isinstance(value, Pairs):
        for key, inner in value.items:
            passage.add(key.text, key)
            passage.add(": " if isinstance(inner, Scalar) else ":\n")
            _lay_out(inner, passage, depth + 1)
    else:
        for inner in value:
            _lay_out(inner, passage, depth + 1)
            if isinstance(inner, Pairs):
                passage.add("\n")


def _dump(value: Value, cuts: Mapping[Slot, list[Cut]], indent: int | None, depth: int) -> str:
    if isinstance(value, Scalar):
        if value in cuts:
            return json.dumps(cut(value.text, cuts[value]), ensure_ascii=False)
        return json.dumps(value.text, ensure_ascii=False) if value.quoted else value.text
    if isinstance(value, Pairs):
        parts = [
            f"{_dump(key, cuts, None, 0)}: {_dump(inner, cuts, indent, depth + 1)}"
            for key, inner in value.items
        ]
        opening, closing = "{", "}"
    else:
        parts = [_dump(inner, cuts, indent, depth + 1) for inner in value]
        opening, closing = "[", "]"
    if indent is None or not parts:
        return opening + ", ".join(parts) + closing
    line = "\n" + " " * indent * (depth + 1)
    return opening + line + f",{line}".join(parts) + "\n" + " " * indent * depth + closing
