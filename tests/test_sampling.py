"""How many documents a person reads of those that leave as they are, and which."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact import Request
from redact.errors import RequestError
from redact.sampling import Sampling, draw

SIZES = [
    # documents, confidence, tolerated share, how many are drawn
    (0, 0.95, 0.02, 0),
    (1, 0.95, 0.02, 1),
    (16, 0.95, 0.02, 16),
    (100, 0.95, 0.02, 63),
    (1_000, 0.95, 0.02, 132),
    (5_000, 0.95, 0.02, 145),
    (1_000_000, 0.95, 0.02, 149),
    (1_000_000, 0.95, 0.05, 59),
    (1_000_000, 0.99, 0.01, 459),
    (1_000_000, 0.95, 0.01, 298),
]


@pytest.mark.parametrize(("documents", "confidence", "tolerated", "size"), SIZES)
def test_how_many_are_drawn(documents, confidence, tolerated, size):
    assert Sampling(confidence, tolerated).size(documents) == size


@given(st.integers(1, 300), st.sampled_from([0.8, 0.9, 0.95, 0.99]), st.sampled_from([0.01, 0.02, 0.05, 0.2]))
def test_it_is_the_smallest_that_would_notice_one_more_than_is_tolerated(documents, confidence, tolerated):
    size, faulty = Sampling(confidence, tolerated).size(documents), int(tolerated * documents) + 1

    def missed(drawn: int) -> float:
        return comb(documents - faulty, drawn) / comb(documents, drawn)

    assert missed(size) <= 1 - confidence + 1e-9 or size == documents
    assert size == 0 or missed(size - 1) > 1 - confidence - 1e-9


DOCUMENTS = [(f"mail/message:{n}", f"{n:064x}") for n in range(400)]


def drawn(documents, seed="PRR-1\n2026-11-02", sampling=None):
    return draw(sampling or Sampling(), seed, iter(documents), len(documents))


def test_the_same_request_draws_the_same_documents_in_whatever_order_they_came():
    first = drawn(DOCUMENTS)
    assert first == drawn(DOCUMENTS[::-1]) and len(set(first.names)) == Sampling().size(400)
    assert set(first.names) != set(drawn(DOCUMENTS, seed="PRR-2\n2026-11-02").names)


def test_one_document_more_leaves_nearly_all_of_the_sample_as_it_was():
    before, after = set(drawn(DOCUMENTS).names), set(drawn([*DOCUMENTS, ("late", "f" * 64)]).names)
    assert len(before - after) <= 1


def test_every_document_can_be_drawn():
    hits = {name for seed in range(60) for name in drawn(DOCUMENTS, seed=str(seed)).names}
    assert hits == {name for name, _ in DOCUMENTS}


def test_it_says_how_many_of_how_many_and_what_that_shows():
    said = drawn(DOCUMENTS).statement
    assert f"{Sampling().size(400)} of the 400 documents" in said
    assert "95% confidence no more than 2.0% of the 400" in said
    assert "Everything that leaves as it is must be read, 3 in number" in drawn(DOCUMENTS[:3]).statement
    assert "none was drawn" in drawn([]).statement


BARE = {"id": "PRR-1", "received": "2026-11-02", "requester": {"category": "general_public"}}
WRONG = [
    {"confidence": 1},
    {"confidence": 0},
    {"tolerated": 0},
    {"tolerated": "two percent"},
    {"size": 20},
    {"read_by": "Ines Park"},
    {"read_on": "2026-11-12"},
]


@pytest.mark.parametrize("sample", WRONG)
def test_an_impossible_sample_is_refused(sample):
    with pytest.raises(RequestError, match="sample"):
        Request.parse({**BARE, "sample": sample})


@pytest.mark.parametrize(
    "rolling", [["2026-11-02"], ["2026-12-07", "2026-12-07"], ["2026-12-21", "2026-12-07"], ["soon"]]
)
def test_rolling_dates_come_one_after_the_other(rolling):
    with pytest.raises(RequestError, match="rolling"):
        Request.parse({**BARE, "rolling": rolling})
