"""What speaks for a run of words being a name, and for its bearer being private or acting in office.

A piece of evidence is a short phrase in our own words, such as ``after a rank``: the weights of
``lexicons/name_weights.json`` refer to it, and a finding gives the weightiest one as its cue.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from recognizers.name_lexicon import english_words, given_names, surnames, words_of
from recognizers.name_mentions import ROLE_CLASSES, TITLE_CLASSES, Mention

_CLASSES = (*TITLE_CLASSES, *ROLE_CLASSES)
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'/’][^\W\d_]+)*\.?|\d+|\n|[^\w\s]")
_LABEL = re.compile(r"([^\W\d_][^:=\n|;\t]{0,40}?)(?: {0,9}[:=]| {0,3}\.{3,})")
_FUNCTION = frozenset(
    [
        "of",
        "to",
        "from",
        "for",
        "a",
        "an",
        "is",
        "as",
        "that",
        "by",
        "was",
        "with",
        "on",
        "in",
        "at",
        "the",
        "it",
        "or",
        "but",
        "if",
        "so",
        "her",
        "his",
        "my",
        "our",
        "their",
        "your",
        "this",
        "named",
        "than",
        "per",
        "about",
        "when",
        "because",
        "not",
        "no",
        "and",
        "we",
        "they",
        "he",
        "she",
        "i",
        "you",
        "like",
        "via",
        "against",
        "into",
        "near",
        "de",
        "del",
        "la",
        "el",
        "que",
        "con",
        "y",
        "en",
        "por",
        "para",
        "se",
        "le",
        "su",
        "a",
        "al",
    ]
)
_BADGE = re.compile(r" {0,2},? ?\(?(?:#|ID|badge|bdg|P?#)? ?#? ?\d{2,5}\b", re.IGNORECASE)
_MAILBOX = re.compile(r" {0,4}[<(\[]? ?([\w.+-]+)@([\w.-]+)?")
_CITY_MAIL = re.compile(
    r"city|gov\b|county|police|\bci\.|\bco\.|town|pd\b|clerk|\.us\b|hr\b|dept|council|muni|port\b|library|"
    r"housing|school|court|fire|parks"
)
_AFTER = re.compile(r"[ ,(–—\-/·.:)]{1,4}")
_DATA = re.compile(
    r"\bDOB\b|\bSSN\b|\b\d{3}-\d{2}-\d{4}\b|\b\d{1,2}/\d{1,2}/(?:19|20)?\d\d\b|\(?\d{3}\)?[-. ]\d{3}-\d{4}|\$",
    re.I,
)


@lru_cache(maxsize=65536)
def _classes_of(phrase: str) -> tuple[str, ...]:
    return tuple(name for name in _CLASSES if phrase in words_of(name))


@lru_cache(maxsize=65536)
def _lists(word: str) -> str:
    """Say which lists hold a folded word: ``g`` given names, ``s`` surnames, ``w`` words, ``x`` other."""
    code = "g" * (word in given_names()) + "s" * (word in surnames())
    code += "w" * (word in english_words()) + "x" * (word in words_of("not_names"))
    return code or "-"


class Evidence:
    """Collects the evidence on each mention of one text."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = mentions
        self._lines = [0, *(m.end() for m in re.finditer("\n", text))]
        self._own = [list(self._of(i)) for i in range(len(mentions))]
        self._elsewhere: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for mention, own in zip(mentions, self._own, strict=True):
            for word in {mention.last.folded, mention.first.folded}:
                counted = self._elsewhere[word]
                counted[""] += 1
                for item in own:
                    if item.startswith(("after a", "before a", "label", "next line", "roll")):
                        counted[item] += 1

    def on(self, index: int) -> list[str]:
        """Return the evidence on the mention at ``index``: what stands around it and around its namesakes."""
        own, mention = self._own[index], self._mentions[index]
        found = list(own)
        counted = self._elsewhere[mention.last.folded]
        if counted[""] > 1:
            found.append("named again")
        mine = set(own)
        found += [f"elsewhere {item}" for item, n in counted.items() if item and n > (item in mine)]
        return found

    def _line(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._lines, at) - 1
        end = self._lines[index + 1] - 1 if index + 1 < len(self._lines) else len(self._text)
        return self._lines[index], end

    def _of(self, index: int) -> Iterator[str]:
        mention = self._mentions[index]
        start, end = self._line(mention.start)
        before, after = self._text[start : mention.start], self._text[mention.end : max(end, mention.end)]
        yield "any"
        yield from self._words(mention)
        yield from self._before(before, mention)
        yield from self._label(before)
        yield from self._after(after)
        yield from self._layout(index, before, after, start, end)

    def _words(self, mention: Mention) -> Iterator[str]:
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
        if any("x" in _lists(word.folded) for word in mention.words):
            yield f"a word of another list, {count} words"
        if any(word.shape == "I" for word in mention.words):
            yield "with an initial" if mention.words[0].shape != "I" else "initial first"

    def _before(self, before: str, mention: Mention) -> Iterator[str]:
        tokens = [t.rstrip(".").lower() if len(t) > 1 else t for t in _TOKEN.findall(before[-60:])]
        stripped = before.rstrip(" ")
        if not stripped:
            yield "at the start of a line" if not before else "at the start of an indented line"
        else:
            yield f"after {stripped[-1] if not stripped[-1].isalnum() else 'a word' if stripped[-1].isalpha() else 'a number'}"
        if before.endswith("  ") and stripped:
            yield "after a wide gap"
        words = [t for t in tokens if t[0].isalpha()]
        if not tokens or not words:
            return
        adjacent = tokens[-1][0].isalpha() or (
            tokens[-1] in ".,(" and len(tokens) > 1 and tokens[-2][0].isalpha()
        )
        punctuation = "" if tokens[-1][0].isalpha() else tokens[-1]
        yield f"after {words[-1]!r}"
        if adjacent:
            last = words[-1]
            if len(words) > 1:
                yield f"after {words[-2]!r} and a word"
            for name in _classes_of(last) + (_classes_of(" ".join(words[-2:])) if len(words) > 1 else ()):
                yield f"after a {name}{punctuation}"
            if len(words) > 1 and not punctuation:
                for name in _classes_of(words[-2]):
                    yield f"after a {name} and a word"
            if not punctuation:
                if last in _FUNCTION:
                    yield f"after the word {last}"
                elif not _classes_of(last):
                    yield (
                        "after a capitalised word"
                        if before.rstrip(" ").split(" ")[-1][:1].isupper()
                        else "after a plain word"
                    )
                if len(words) > 1 and last in _FUNCTION:
                    for name in _classes_of(words[-2]):
                        yield f"after a {name} and the word {last}"
        if "(" in before and ")" not in before[before.rfind("(") :]:
            yield "in brackets"

    def _label(self, before: str) -> Iterator[str]:
        labels = list(_LABEL.finditer(before))
        if not labels:
            return
        label, rest = labels[-1][1].lower().strip(" ."), before[labels[-1].end() :]
        words = re.findall(r"[^\W\d_]+(?:[-'/][^\W\d_]+)*", label)
        place = "label" if not rest.strip() else "label before other words"
        known = False
        if words:
            yield f"{place} {words[-1]!r}"
        for phrase in {label, " ".join(words[-2:]), *words[-1:], *words[:1]}:
            for name in _classes_of(phrase):
                known = True
                yield f"{place} {name}"
        if not known:
            yield f"{place}, unknown"

    def _after(self, after: str) -> Iterator[str]:
        if not after.strip():
            yield "at the end of a line"
            return
        yield f"before {after[0] if not after[0].isalnum() and after[0] != ' ' else after.lstrip()[0] if not after.lstrip()[0].isalnum() else 'a word' if after.lstrip()[0].isalpha() else 'a number'}"
        if re.match(r"['’]s\b", after):
            yield "possessive"
        if after.startswith("  "):
            yield "before a wide gap"
        words = [t.rstrip(".").lower() for t in _TOKEN.findall(after[:70]) if t[0].isalpha()]
        if words:
            yield f"before {words[0]!r}"
        if after[0] == " " and words and after[1:2].isalpha():
            if words[0] in words_of("verbs"):
                yield "before a verb"
            elif after[1].isupper() and words[0] in words_of("public_after"):
                yield "before a word of places or companies"
            elif words[0] in english_words():
                yield "before a capitalised word" if after[1].isupper() else "before a plain word"
        gap = _AFTER.match(after)
        if gap and gap[0].strip():
            for size in (1, 2, 3):
                for name in TITLE_CLASSES + ("private_role", "kin"):
                    if " ".join(words[size - 1 : size]) in words_of(name) or " ".join(
                        words[:size]
                    ) in words_of(name):
                        yield (
                            f"before a {name} in apposition"
                            if size == 1
                            else f"before a {name} within a title"
                        )
        if _BADGE.match(after):
            yield "before a badge number"
        if mailbox := _MAILBOX.match(after):
            domain = (mailbox[2] or "city").lower()
            yield "before a city mailbox" if _CITY_MAIL.search(domain) else "before another mailbox"

    def _layout(self, index: int, before: str, after: str, start: int, end: int) -> Iterator[str]:
        if not before.strip() and not after.strip(" .,"):
            yield "alone on its line"
            following = self._text[end + 1 : self._line(min(end + 1, len(self._text)))[1]].lower()
            for name in TITLE_CLASSES:
                if any(word in words_of(name) for word in re.findall(r"[^\W\d_]+", following)[:6]):
                    yield f"next line {name}"
        if not before.strip(" -—–/s~,."):
            previous = self._text[:start].rstrip()
            last = previous[previous.rfind("\n") + 1 :].strip(" ,.").lower()
            if last in words_of("sign_off") or last.split(" ")[0] in words_of("sign_off"):
                yield "below a closing"
        if start > 0.85 * len(self._text):
            yield "near the end"
        elif end < 0.12 * len(self._text):
            yield "near the beginning"
        if _DATA.search(before) or _DATA.search(after):
            yield "on a line with personal data"
        if "|" in before or "|" in after or "\t" in before or "\t" in after:
            yield "in a table"
        opening = re.match(r"\s*([^\W\d_]+(?: [^\W\d_]+)?)", before)
        if opening and (
            opening[1].lower() in words_of("roll") or opening[1].lower().split(" ")[0] in words_of("roll")
        ):
            yield "roll call"
        if index:
            previous_mention = self._mentions[index - 1]
            gap = self._text[previous_mention.end : self._mentions[index].start]
            if re.fullmatch(r",? (?:and|y|&|e) |, ?|; ?| ?/ ?| ?& ?", gap):
                yield "in a row of names"
                for item in self._own_so_far(index - 1):
                    yield f"in a row: {item}"

    def _own_so_far(self, index: int) -> Iterator[str]:
        mention = self._mentions[index]
        start, _ = self._line(mention.start)
        before = self._text[start : mention.start]
        for item in (*self._before(before, mention), *self._label(before)):
            if item.startswith(("after a", "label")):
                yield item
