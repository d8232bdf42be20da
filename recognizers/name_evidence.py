"""What speaks for a run of words being a name, and for its bearer being private or acting in office.

A piece of evidence is a short phrase in our own words, such as ``after a rank``: the weights of
``lexicons/name_weights.json`` refer to it, and a finding gives the weightiest one as its cue.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from recognizers.name_lexicon import english_words, given_names, surnames, words_of
from recognizers.name_mentions import ROLE_CLASSES, TITLE_CLASSES, Mention

_CLASSES = (*TITLE_CLASSES, *ROLE_CLASSES)
_APPOSED = (*TITLE_CLASSES, "private_role", "kin")
_OFFICES = ("rank", "elected", "court", "office")
SIGNATURE = "signed above an office"
"""Evidence that alone makes a name an official's: below a closing and above the title of an office."""
_LINE_END = re.compile(r"\n|<br ?/?>")
_TITLE_LINE = re.compile(r", (?P<title>[A-Z][\w.'-]*(?: (?:of|for|and|the|&|[A-Z][\w.'-]*)){0,5}) *(?:\n|\Z)")
_REACH = 200
"""Characters on either side of a name that are looked at, within its line."""
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'/’][^\W\d_]+)*\.?|\d+|\n|[^\w\s]")
_LETTERS = re.compile(r"[^\W\d_]+(?:[-'/][^\W\d_]+)*")
_LABEL_START = re.compile(r"[:=|;\t]| {2}|\.{3}")
_BADGE = re.compile(r" {0,2},? ?\(?(?:#|ID|badge|bdg|P?#)? ?#? ?\d{2,5}\b", re.IGNORECASE)
_MAILBOX = re.compile(r" {0,4}[<(\[]? ?[\w.+-]{1,64}@([\w.-]{0,64})")
_CITY_MAIL = re.compile(
    r"city|gov\b|county|police|\bci\.|\bco\.|town|pd\b|clerk|\.us\b|hr\b|dept|council|muni|port\b|library|"
    r"housing|school|court|fire|parks"
)
_UNIT = r"((?:[A-Z][\w.'’-]{0,20}|of|and|&)(?:[ /](?:[A-Z][\w.'’-]{0,20}|of|the|and|&|\d{1,3})){0,4})"
_DEPARTMENT = (
    (re.compile(r" ?\(([^()\n]{2,40})\)"), "in brackets"),
    (re.compile(rf", ?{_UNIT}"), "after a comma"),
    (re.compile(rf" (?:over )?(?:in|at|of|from|with) (?:the )?{_UNIT}"), "after a preposition"),
    (re.compile(rf" ?[-–—/|] ?{_UNIT}"), "after a dash"),
)
_APPOSITION = re.compile(r"[ ,(–—\-/·.:)]{1,4}")
_DATA = re.compile(
    r"\b(?:DOB|SSN|dob|ssn)\b|\b\d{3}-\d{2}-\d{4}\b|\b\d{1,2}/\d{1,2}/(?:19|20)?\d\d\b"
    r"|\(?\d{3}\)?[-. ]\d{3}-\d{4}|\$"
)
_DATA_SIGN = re.compile(r"\d[-/]\d|\$|DOB|SSN|dob|ssn")
"""What some part of each of them is."""
_ROW = re.compile(r",? (?:and|y|&|e) |, ?|; ?| ?/ ?| ?& ?")
_OWN = ("after a", "before a", "label", "roll")
"""How the evidence begins that also speaks for the other places where the same name stands."""


@lru_cache(maxsize=65536)
def _classes_of(phrase: str) -> tuple[str, ...]:
    return tuple(name for name in _CLASSES if phrase in words_of(name))


@lru_cache(maxsize=65536)
def _lists(word: str) -> str:
    """Say which lists hold a folded word: ``g`` given names, ``s`` surnames, ``w`` words, ``x`` other."""
    code = "g" * (word in given_names()) + "s" * (word in surnames())
    code += "w" * (word in english_words()) + "x" * (word in words_of("not_names"))
    return code or "-"


def _kind_of(character: str) -> str:
    return "a number" if character.isdigit() else "a word" if character.isalnum() else character


class Evidence:
    """Collects the evidence on each mention of one text."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = mentions
        self._lines = [0, *(m.end() for m in _LINE_END.finditer(text))]
        self._data_signs = [match.start() for match in _DATA_SIGN.finditer(text)]
        self.own = [list(self._of(index)) for index in range(len(mentions))]
        """What stands around each mention itself."""
        self._namesakes: dict[str, Counter[str]] = defaultdict(Counter)
        for mention, own in zip(mentions, self.own, strict=True):
            for word in {mention.last.folded, mention.first.folded}:
                self._namesakes[word].update({"", *(item for item in own if item.startswith(_OWN))})

    def on(self, index: int) -> list[str]:
        """Return the evidence on the mention at ``index``: what stands around it and around its namesakes."""
        own = set(self.own[index])
        counted = self._namesakes[self._mentions[index].last.folded]
        elsewhere = (f"elsewhere {item}" for item, n in counted.items() if item and n > (item in own))
        return [*self.own[index], *elsewhere, *(["named again"] if counted[""] > 1 else [])]

    def _line(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._lines, at) - 1
        if index + 1 == len(self._lines):
            return self._lines[index], len(self._text)
        end = self._lines[index + 1] - 1
        return self._lines[index], end if self._text[end] == "\n" else self._text.rindex("<", 0, end)

    def _around(self, mention: Mention) -> tuple[str, str]:
        """Return what stands before and after the mention in its line, as far as is looked at."""
        start, end = self._line(mention.start)
        before = self._text[max(start, mention.start - _REACH) : mention.start]
        return before, self._text[mention.end : max(mention.end, min(end, mention.end + _REACH))]

    def _of(self, index: int) -> Iterator[str]:
        mention = self._mentions[index]
        before, after = self._around(mention)
        yield "any"
        yield from _words(mention)
        yield from _before(before)
        yield from _label(before)
        yield from _after(after)
        yield from self._layout(mention, before, after)
        if index:
            previous = self._mentions[index - 1]
            if _ROW.fullmatch(self._text, previous.end, mention.start):
                yield "in a row of names"
                before, _ = self._around(previous)
                for item in (*_before(before), *_label(before)):
                    if item.startswith(("after a", "label")):
                        yield f"in a row: {item}"

    def _layout(self, mention: Mention, before: str, after: str) -> Iterator[str]:
        start, end = self._line(mention.start)
        if not before.strip() and not after.strip(" .,"):
            yield "alone on its line"
            following = self._text[end + 1 : min(self._line(min(end + 1, len(self._text)))[1], end + _REACH)]
            words = _LETTERS.findall(following.lower())[:6]
            titled = any(word in words_of(name) for name in _OFFICES for word in words)
            if titled and len(words) < 6 and following.istitle() and any(self._closing(before, start)):
                yield SIGNATURE
            for name in TITLE_CLASSES:
                if any(word in words_of(name) for word in words):
                    yield f"before a {name} in apposition"
        office = _TITLE_LINE.match(self._text, mention.end)
        if office and not before.strip():
            title = _LETTERS.findall(office["title"].lower())
            if any(word in words_of(name) for name in _OFFICES for word in title):
                yield SIGNATURE
        yield from self._closing(before, start)
        if start > 0.85 * len(self._text):
            yield "near the end"
        elif end < 0.12 * len(self._text):
            yield "near the beginning"
        near = mention.start - len(before), mention.end + len(after)
        signs = bisect_left(self._data_signs, near[0]) < bisect_left(self._data_signs, near[1])
        if signs and (_DATA.search(before) or _DATA.search(after)):
            yield "on a line with personal data"
        if "|" in before or "|" in after or "\t" in before or "\t" in after:
            yield "in a table"
        opening = re.match(r"\s*([^\W\d_]+)( [^\W\d_]+)?", self._text[start : start + 40].lower())
        if opening and not words_of("roll").isdisjoint((opening[1], f"{opening[1]}{opening[2] or ''}")):
            yield "roll call"

    def _closing(self, before: str, start: int) -> Iterator[str]:
        if not before.strip(" -—–/s~,."):
            previous = self._text[max(0, start - _REACH) : start].rstrip()
            last = previous[previous.rfind("\n") + 1 :].strip(" ,.").lower()
            if last in words_of("sign_off") or last.split(" ")[0] in words_of("sign_off"):
                yield "below a closing"


def _words(mention: Mention) -> Iterator[str]:
    count = min(len(mention.words), 4)
    shapes = "".join(sorted({word.shape for word in mention.words}))
    first, last = _lists(mention.first.folded), _lists(mention.last.folded)
    yield f"{count} words"
    yield f"shapes {shapes}"
    if mention.family_first:
        yield "family name first"
    if count == 1:
        yield f"alone, in {first}"
        yield f"alone, in {first}, shape {shapes}"
        if len(mention.first.folded) < 4:
            yield "alone and short"
    else:
        yield f"first in {first}"
        yield f"last in {last}"
        yield f"first in {first}, last in {last}"
    if count > 1 and mention.words[-1].folded in words_of("public_after"):
        yield "ends in a word of places or companies"
    if any("x" in _lists(word.folded) for word in mention.words):
        yield f"a word of another list, {count} words"
    if any(word.shape == "I" for word in mention.words):
        yield "with an initial" if mention.words[0].shape != "I" else "initial first"


def _before(before: str) -> Iterator[str]:
    stripped = before.rstrip(" ")
    if not stripped:
        yield "at the start of a line" if not before else "at the start of an indented line"
    else:
        yield f"after {_kind_of(stripped[-1])}"
        if before.endswith("  "):
            yield "after a wide gap"
    if "(" in before and ")" not in before[before.rfind("(") :]:
        yield "in brackets"
    tokens = [t.rstrip(".").lower() if len(t) > 1 else t.lower() for t in _TOKEN.findall(before[-60:])]
    words = [token for token in tokens if token[0].isalpha()]
    if not words:
        return
    last, ahead = words[-1], words[-2] if len(words) > 1 else ""
    yield f"after {last!r}"
    if tokens[-1] == last:
        punctuation = ""
    elif tokens[-1] in ".,(" and tokens[-2] == last:
        punctuation = tokens[-1]
    else:
        return
    for name in (*_classes_of(last), *_classes_of(f"{ahead} {last}")):
        yield f"after a {name}{punctuation}"
    if ahead:
        yield f"after {ahead!r} and a word"
    if punctuation:
        return
    for name in _classes_of(ahead):
        yield f"after a {name} and a word"
        if last in words_of("function"):
            yield f"after a {name} and the word {last}"
    if last in words_of("function"):
        yield f"after the word {last}"
    elif not _classes_of(last):
        capitalised = stripped.rsplit(" ", 1)[-1][:1].isupper()
        yield "after a capitalised word" if capitalised else "after a plain word"


def _label(before: str) -> Iterator[str]:
    end = len(before)
    for _ in range(3):
        end = max(before.rfind(sign, 0, end) for sign in (":", "=", "..."))
        if end < 0:
            return
        label = _LABEL_START.split(before[max(0, end - 40) : end].rstrip(" ."))[-1].lower()
        if words := _LETTERS.findall(label):
            break
    else:
        return
    rest = before[end:].lstrip(":=. ")
    place = "label before other words" if rest.strip() else "label"
    yield f"{place} {words[-1]!r}"
    names = {
        n for phrase in (label, " ".join(words[-2:]), *words[-1:], *words[:1]) for n in _classes_of(phrase)
    }
    for name in sorted(names):
        yield f"{place} {name}"
    if not names:
        yield f"{place}, unknown"


def _department(after: str) -> Iterator[str]:
    """Yield that a department or a credential follows the name: ``(Streets)``, ``, RN``, ``in Permits``."""
    for pattern, manner in _DEPARTMENT:
        if match := pattern.match(after):
            words = [word.lower().rstrip(".") for word in re.findall(r"[^\W\d_][\w.'’-]*", match[1])]
            if any(word in words_of("departments") for word in words):
                yield f"before a department {manner}"
            if manner == "after a comma" and words and words[0] in words_of("credentials"):
                yield "before a credential"
            return


def _after(after: str) -> Iterator[str]:
    if not after.strip():
        yield "at the end of a line"
        return
    yield f"before {_kind_of(after.lstrip()[0])}"
    if re.match(r"['’]s\b", after):
        yield "possessive"
    if after.startswith("  "):
        yield "before a wide gap"
    words = [token.rstrip(".").lower() for token in _TOKEN.findall(after[:70]) if token[0].isalpha()]
    if words:
        yield f"before {words[0]!r}"
        if after[0] == " " and after[1].isalpha():
            if words[0] in words_of("verbs"):
                yield "before a verb"
            elif after[1].isupper() and words[0] in words_of("public_after"):
                yield "before a word of places or companies"
            elif words[0] in english_words():
                yield "before a capitalised word" if after[1].isupper() else "before a plain word"
    yield from _department(after)
    gap = _APPOSITION.match(after)
    if gap and gap[0].strip():
        for size, word in enumerate(words[:3], 1):
            for name in _APPOSED:
                if word in words_of(name) or " ".join(words[:size]) in words_of(name):
                    yield f"before a {name} {'in apposition' if size == 1 else 'within a title'}"
    if _BADGE.match(after):
        yield "before a badge number"
    if mailbox := _MAILBOX.match(after):
        city = not mailbox[1] or _CITY_MAIL.search(mailbox[1].lower())
        yield "before a city mailbox" if city else "before another mailbox"
