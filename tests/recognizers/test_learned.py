"""The learned recognizer: what it finds, that nothing is lost at a seam, and that it never fails softly."""

import json
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.accuracy import score
from benchmarks.corpus import CATEGORY_TO_ENTITY, load
from recognizers.entities import ENTITIES
from recognizers.learned import MODEL, LearnedRecognizer, ModelError, load_model
from recognizers.tagging import GAPS, LEADERS, OFFICIAL, OTHER, Tokens, spans, tokenize, windows
from recognizers.training.examples import held_out

FILLER = (
    "The council met on the second Tuesday and heard a report on street trees. Sixteen elms will be pruned "
    "before the rains, and the contract for mulch was extended by a year at the same price. "
)
PAYLOADS = [
    ("My neighbor Ana Prieto was diagnosed with breast cancer in May.", "PERSON", "Ana Prieto"),
    (
        "My neighbor Ana Prieto was diagnosed with breast cancer in May.",
        "HEALTH_INFORMATION",
        "breast cancer",
    ),
    ("Ms. Oduya is undocumented and afraid to testify.", "IMMIGRATION_STATUS", "undocumented"),
    ("Reach him at home, 4418 Juniper Terrace, after six.", "HOME_ADDRESS", "4418 Juniper Terrace"),
    ("tenant: dolores quan, cell 626-555-0147", "PHONE_NUMBER", "626-555-0147"),
    ("Reported by Police Chief Alan Whitmore.", OFFICIAL, "Alan Whitmore"),
]


@pytest.fixture(scope="module")
def recognizer() -> LearnedRecognizer:
    return LearnedRecognizer()


def found(recognizer: LearnedRecognizer, text: str) -> Iterator[tuple[str, str]]:
    for result in recognizer.analyze(text):
        yield result.entity_type, text[result.start : result.end]


@given(st.integers(0, 3000), st.integers(2, 300), st.data())
def test_windows_answer_every_token_once_and_far_from_an_edge(
    length: int, size: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(0, size - 1))
    cut = list(windows(length, size, overlap))
    answered = [i for _, _, first, after in cut for i in range(first, after)]
    assert answered == list(range(length))
    assert len({end - start for start, end, _, _ in cut}) <= 1, (
        "windows of one length go through in one batch"
    )
    read, shared = sum(end - start for start, end, _, _ in cut), max(0, len(cut) - 1) * overlap
    assert read < length + shared + max(1, len(cut)), "nothing is read twice that need not be"
    for start, end, first, after in cut:
        assert 0 <= start <= first < after <= end <= length and end - start <= size
        assert start == 0 or first - start >= overlap // 2 - 1
        assert end == length or end - after >= overlap // 2 - 1


@pytest.mark.parametrize(("text", "entity", "value"), PAYLOADS)
def test_finds(recognizer: LearnedRecognizer, text: str, entity: str, value: str) -> None:
    assert any(kind == entity and value in span for kind, span in found(recognizer, text))


@settings(max_examples=25)
@given(st.integers(0, 700), st.integers(0, 700), st.sampled_from(PAYLOADS[:1] + PAYLOADS[4:5]))
def test_nothing_is_lost_at_a_seam(before: int, after: int, payload: tuple[str, str, str]) -> None:
    sentence, entity, value = payload
    text = (FILLER * 5)[:before].rstrip() + "\n\n" + sentence + "\n\n" + (FILLER * 5)[:after]
    assert any(kind == entity and value in span for kind, span in found(LearnedRecognizer(), text))


def test_offsets_are_the_original_text_s(recognizer: LearnedRecognizer) -> None:
    text = "Complainant:\u00a0Mr.\u200b Ｒoberto  Da\u00adsilva, 12 Elm Ct."
    names = [span for kind, span in found(recognizer, text) if kind == "PERSON"]
    assert any("Da\u00adsilva" in name for name in names)


def test_a_hit_names_the_model_and_its_score(recognizer: LearnedRecognizer) -> None:
    (hit, *_) = [
        h for h in recognizer.find("the victim, Ana Prieto, lives next door") if h.entity == "PERSON"
    ]
    assert hit.pattern == "model" and 0 < hit.score <= 1
    assert "Prieto" not in repr(hit)


def test_it_tells_how_likely_a_place_discloses_nothing(recognizer: LearnedRecognizer) -> None:
    text = "The library is open. The victim, Ana Prieto, lives next door."
    name, plain = text.index("Ana Prieto"), text.index("library")
    assert recognizer.nothing(text, name, name + 10) < 0.2
    assert recognizer.nothing(text, plain, plain + 7) > 0.9
    assert recognizer.nothing(text, 3, 4) == 0.0, "between words there is nothing to read"


def test_policy_talk_gives_no_contextual_finding(recognizer: LearnedRecognizer) -> None:
    page = Path(__file__).with_name("policy_page.txt").read_text(encoding="utf-8")
    contextual = [
        kind
        for kind, _ in found(recognizer, page)
        if kind in ENTITIES and ENTITIES[kind].kind == "contextual"
    ]
    assert len(contextual) <= len(page.split()) / 500


@pytest.mark.parametrize("sign", [".", "_", " ", "-", "7", "x", "\n"])
def test_a_row_of_one_sign_costs_little(recognizer: LearnedRecognizer, sign: str) -> None:
    started = time.process_time()
    list(recognizer.find(sign * 200_000))
    assert time.process_time() - started < 3


def test_an_empty_text_gives_nothing(recognizer: LearnedRecognizer) -> None:
    assert list(recognizer.find("")) == list(recognizer.find(" \n")) == []


def test_threads_share_one_model(recognizer: LearnedRecognizer) -> None:
    texts = [FILLER + sentence for sentence, _, _ in PAYLOADS] * 3
    alone = [list(found(recognizer, text)) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: list(found(LearnedRecognizer(), text)), texts)) == alone
    assert load_model() is load_model()


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.json"])
def test_without_its_files_it_fails(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match="no complete model"):
        LearnedRecognizer(folder).analyze("Ana Prieto")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_with_another_file_it_fails(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=r"not the file that model\.json records"):
        LearnedRecognizer(folder).analyze("Ana Prieto")


def test_labels_outside_the_vocabulary_fail(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    card["labels"][5] = "SHOE_SIZE"
    (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match="not in the vocabulary"):
        LearnedRecognizer(folder).analyze("Ana Prieto")


def test_the_model_is_small_and_knows_the_corpus_categories() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) < 40e6
    assert set(load_model().labels) == {OTHER, OFFICIAL, *CATEGORY_TO_ENTITY.values()}


@pytest.mark.parametrize(
    ("text", "cases", "gaps"),
    [
        ("Ana said OK", [2, 1, 3], [3, 1, 1]),
        ("a\n\nB  c\td\ne", [1, 2, 1, 1, 1], [3, 4, 2, 2, 3]),
        ("12 (x)", [0, 0, 1, 0], [3, 1, 0, 0]),
    ],
)
def test_a_token_s_shape_tells_case_and_line_breaks(text: str, cases: list[int], gaps: list[int]) -> None:
    shapes = tokenize(load_model().tokenizer, text).shapes
    assert [s // GAPS for s in shapes] == cases
    assert [s % GAPS for s in shapes] == gaps


def test_of_a_row_of_dots_few_are_read() -> None:
    tokens = tokenize(load_model().tokenizer, "Rent " + "." * 300 + " 12")
    assert len(tokens.ids) <= LEADERS + 2
    assert tokens.ends[-1] == len("Rent " + "." * 300 + " 12")


LABELS = (OTHER, OFFICIAL, "PERSON", "HEALTH_INFORMATION")


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("Ana Li said", [(0, 0, 1, 0), (0, 0, 1, 0), (1, 0, 0, 0)], [("PERSON", "Ana Li")]),
        ("Chief Li said", [(1, 0, 0, 0), (0, 0.6, 0.4, 0), (1, 0, 0, 0)], [(OFFICIAL, "Li")]),
        (
            "has lupus now",
            [(0.9, 0, 0, 0.1), (0.2, 0, 0, 0.8), (1, 0, 0, 0)],
            [("HEALTH_INFORMATION", "lupus")],
        ),
        ("Ana lupus", [(0, 0, 1, 0), (0, 0, 0, 1)], [("PERSON", "Ana"), ("HEALTH_INFORMATION", "lupus")]),
        ("nothing here", [(0.6, 0, 0.2, 0.2), (0.6, 0.4, 0, 0)], []),
    ],
)
def test_words_become_spans(
    text: str, rows: list[tuple[float, ...]], expected: list[tuple[str, str]]
) -> None:
    starts = [i for i, c in enumerate(text) if i == 0 or text[i - 1] == " "]
    ends = [*(s - 1 for s in starts[1:]), len(text)]
    order = np.arange(len(starts), dtype=np.int32)
    tokens = Tokens(order, np.ones_like(order), np.array(starts, np.int32), np.array(ends, np.int32), order)
    result = spans(tokens, np.array(rows, np.float32), LABELS, dict.fromkeys(LABELS, 0.5))
    assert [(span.label, text[span.start : span.end]) for span in result] == expected


@pytest.mark.parametrize(
    ("gap", "first", "expected"),
    [
        ("one space", (0.55, 0, 0.45, 0), ["1 Li"]),
        ("a wide gap, and it likelier says nothing", (0.55, 0, 0.45, 0), ["Li"]),
        ("a wide gap, and it says something itself", (0.2, 0, 0.8, 0), ["1 Li"]),
        ("a line break", (0.55, 0, 0.45, 0), ["1 Li"]),
        ("an empty line", (0.2, 0, 0.8, 0), ["1", "Li"]),
    ],
)
def test_what_stands_in_another_cell_or_paragraph_is_no_part_of_a_span(
    gap: str, first: tuple[float, ...], expected: list[str]
) -> None:
    kinds = ("no", "one space", "a wide gap", "a line break", "an empty line")
    between = next(number for number, kind in enumerate(kinds) if gap.startswith(kind))
    order = np.arange(2, dtype=np.int32)
    tokens = Tokens(
        order, np.array([3, between], np.int32), np.array([0, 2], np.int32), np.array([1, 4], np.int32), order
    )
    result = spans(tokens, np.array([first, (0, 0, 1, 0)], np.float32), LABELS, dict.fromkeys(LABELS, 0.5))
    assert ["1 Li"[span.start : span.end] for span in result] == expected


@pytest.mark.slow
def test_on_the_records_held_out_of_training_it_is_as_good_as_the_card_says(
    recognizer: LearnedRecognizer,
) -> None:
    records = [record for record in load("train") if held_out(record)]
    result = score(
        records,
        lambda texts: (
            [(r.start, r.end, r.entity_type) for r in recognizer.analyze(text) if r.entity_type != OFFICIAL]
            for text in texts
        ),
    )
    assert result.recall(result.caught) >= 0.79
    assert result.recall(result.typed) >= 0.74
    assert result.over_redaction <= 0.07
