"""Many strings are found and counted in one pass as each alone, with the same scores."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.engines import Engine
from lsq.engines.folder import FolderEngine, snapshot_segment
from lsq.engines.folder.many import code, codes, count_all, overlaps
from lsq.engines.registry import store_of
from lsq.index import open_index
from lsq.query import match_any, parse
from lsq.segment import Segmenter
from tests.conftest import SEEDS
from tests.queries import FIELDS, QUERIES, TERMS, TOGETHER

ALPHABET = "人民ab 𠮷1"
TEXTS = st.lists(st.text(ALPHABET, max_size=12), max_size=5)


@given(st.sets(st.text(ALPHABET, min_size=1, max_size=4)), TEXTS)
def test_each_string_is_counted_as_by_a_search_for_it_alone(
    strings: set[str], texts: list[str]
) -> None:
    found = count_all(strings, enumerate(texts))
    assert {string: dict(zip(*each, strict=True)) for string, each in found.items()} == {
        string: {number: text.count(string) for number, text in enumerate(texts) if string in text}
        for string in strings
    }


@given(st.text(max_size=20), st.sampled_from([1, 2]))
def test_codes_are_distinct_for_distinct_strings(text: str, size: int) -> None:
    grams = [text[start : start + size] for start in range(len(text) - size + 1)]
    assert sorted(codes(text, size)) == sorted(map(code, grams))
    assert len(set(map(code, grams))) == len(set(grams))
    for gram in grams:
        assert overlaps(gram) == ((gram * 2)[1:].startswith(gram) and size > 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "index"
    with open_index(str(folder)) as index:
        index.update([str(SEEDS)])
    return folder


@settings(max_examples=300)
@given(query=QUERIES | TOGETHER | FIELDS | TERMS, any_word=st.booleans())
def test_a_query_finds_the_same_with_the_same_scores(
    folder: Path, segmenter: Segmenter, query: str, any_word: bool
) -> None:
    def answered(engine: Engine) -> object:
        tree = parse(query, segmenter.query_words)
        found = engine.search(match_any(tree) if any_word else tree)
        return found, engine.term_scores(tree, found.best)

    with FolderEngine(str(folder), store_of) as engine, pytest.MonkeyPatch.context() as patch:
        one_by_one = answered(engine)
        engine.close()
        with FolderEngine(str(folder), store_of) as other:
            patch.setattr(snapshot_segment, "MANY", 0)
            assert answered(other) == one_by_one
