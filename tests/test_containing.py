"""Which documents of a segment contain a string: those that have it as a word are not read."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsq.engines.folder import FolderEngine
from lsq.engines.folder.snapshot_segment import Segment
from lsq.engines.registry import store_of
from lsq.model import Article, Places
from lsq.segment import Segmenter, is_run
from tests.factories import put

WORDS = (
    "国土 空间 规划 国土空间规划 丽水市 丽 水 人民政府 中华人民共和国 a b1 5g技术 wi-fi 的 。 ，"
)
PIECES = (*WORDS.split(" "), " ", "\n", "\0", "\u3000", "\ud800")
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
STRINGS = [
    "国土",
    "空间",
    "国土空间",
    "人民",
    "中华",
    "丽",
    "丽水",
    "水市",
    "5g技术",
    "技术",
    "b1",
    "市。",
]


def segments(engine: FolderEngine) -> Iterator[Segment]:
    yield from engine._snapshot.segments


@settings(max_examples=40)
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=6),
    asked=st.lists(
        st.tuples(st.sampled_from(STRINGS), st.none() | st.sets(st.integers(0, 5))), max_size=12
    ),
)
def test_a_string_is_found_whatever_was_asked_before(
    tmp_path_factory: pytest.TempPathFactory,
    segmenter: Segmenter,
    texts: list[str],
    asked: list[tuple[str, set[int] | None]],
) -> None:
    folder = tmp_path_factory.mktemp("engine")
    with FolderEngine(str(folder), store_of, create=True) as engine:
        articles = [
            Article("a.txt", number, "国土" if number % 2 else None, text, Places((0,), (1,)))
            for number, text in enumerate(texts, 1)
        ]
        put(engine, segmenter, articles)
        for segment in segments(engine):
            squeezed = {number: segment.squeezed(number) for number in segment.live}
            for string, some in asked:
                expected = {number for number, text in squeezed.items() if string in text}
                among = segment.live if some is None else segment.live & some
                found = segment.containing(string, None if some is None else among)
                assert among & expected <= found <= expected


@settings(max_examples=5)
@given(texts=st.lists(TEXTS, min_size=30, max_size=40))
def test_words_of_ideographs_are_parts_of_their_texts(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    """Also where a user's words have other characters, and spaces between them in a text."""
    folder = tmp_path_factory.mktemp("engine")
    with FolderEngine(str(folder), store_of, create=True) as engine:
        with engine.rebuild(user_words=[("5g技术", None), ("水a", None), ("b1国土", None)]):
            pass
        articles = [
            Article("a.txt", number, "b1 国 土", text, Places((0,), (1,)))
            for number, text in enumerate(texts, 1)
        ]
        put(engine, engine.segmenter, articles)
        for segment in segments(engine):
            for word, _ in segment.file.frequencies():
                decoded = word.decode()
                for numbers, _ in segment.file.postings(decoded):
                    texts_with = [segment.squeezed(number) for number in numbers]
                    assert not is_run(decoded) or all(decoded in text for text in texts_with)
