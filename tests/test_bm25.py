"""The numbers are Lucene's."""

from collections import Counter
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.engines import Stamp
from lsq.engines.bm25 import NORM_LENGTHS, length_to_norm
from lsq.engines.folder import FolderEngine
from lsq.engines.registry import store_of
from lsq.query import Chunk, Literal
from lsq.text.fold import fold
from tests.factories import article


@pytest.mark.parametrize(
    ("length", "norm", "kept"),
    # From Lucene's SmallFloat: exact up to 40, then steps of 2, 4, 8 …
    [
        (0, 0, 0),
        (1, 1, 1),
        (23, 23, 23),
        (24, 24, 24),
        (40, 40, 40),
        (41, 40, 40),
        (42, 41, 42),
        (56, 48, 56),
        (59, 48, 56),
        (60, 49, 60),
        (100, 57, 96),
        (1000, 87, 984),
    ],
)
def test_a_length_is_kept_in_one_byte(length: int, norm: int, kept: int) -> None:
    assert length_to_norm(length) == norm
    assert NORM_LENGTHS[norm] == kept


@given(st.integers(0, 2**31 - 1))
def test_what_is_kept_is_close_below(length: int) -> None:
    kept = NORM_LENGTHS[length_to_norm(length)]
    assert kept <= length
    assert length - kept <= max(0, length - 24) / 8


def test_the_table_has_a_length_for_every_byte_in_order() -> None:
    assert len(NORM_LENGTHS) == 256
    assert sorted(set(NORM_LENGTHS)) == NORM_LENGTHS


def test_scores_are_those_of_the_formula(tmp_path: Path) -> None:
    documents = [["国土"] * 3 + ["空间"], ["国土", "规划"] * 5, ["规划"] * 50, ["空间"]]
    with FolderEngine(str(tmp_path / "index"), store_of, create=True) as engine:
        for number, words in enumerate(documents):  # a segment each: counts are the index's
            source = article("".join(words), path=f"{number}.txt")
            with engine.update() as update:
                document = engine.prepare(source, fold(source.text), Counter(words))
                update.replace(source.path, Stamp(0, 0, ""), [document])
        found = engine.search(Chunk("国土空间", ("国土", "空间")))
        any_word = engine.search(Chunk("国土", ("国土",)))
        literal = engine.search(Literal("土国土国"))

    average = sum(map(len, documents)) / len(documents)

    def bm25(word: str, document: list[str]) -> float:
        having = sum(word in each for each in documents)
        idf = log(1 + (len(documents) - having + 0.5) / (having + 0.5))
        frequency = document.count(word)
        return idf * frequency / (frequency + 1.2 * (0.25 + 0.75 * len(document) / average))

    assert [match.path[-5:] for match in found.best] == ["0.txt"]
    assert found.best[0].score == pytest.approx(
        bm25("国土", documents[0]) + bm25("空间", documents[0])
    )
    assert {match.path[-5:]: match.score for match in any_word.best} == {
        "0.txt": pytest.approx(bm25("国土", documents[0])),
        "1.txt": pytest.approx(bm25("国土", documents[1])),
    }

    # A literal is one term, counted in the text: 国土国土国土空间 has it once.
    having = log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    length = len(documents[0])
    assert [match.score for match in literal.best] == [
        pytest.approx(having * 1 / (1 + 1.2 * (0.25 + 0.75 * length / average)))
    ]


def test_signs_are_found_where_no_article_has_a_word(tmp_path: Path) -> None:
    with FolderEngine(str(tmp_path / "index"), store_of, create=True) as engine:
        sign = article("、")
        with engine.update() as update:
            document = engine.prepare(sign, fold(sign.text), Counter())
            update.replace("a.txt", Stamp(0, 0, ""), [document])
        assert engine.search(Literal("、")).total == 1
