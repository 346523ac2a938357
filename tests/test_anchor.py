"""The anchor of an expression admits every document in which the expression matches."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from lsq.engines.folder import signatures
from lsq.engines.folder.texts import Texts, TextWriter
from lsq.query.anchor import anchor

PARTS = st.sampled_from(
    r"国土 国 土a a [国土] [0-9一] [a𠮷] [一-十] 国? [a土]+ [0-9]{2} 一* [国土]{0,2} \. é".split()
)
PATTERNS = st.lists(PARTS, min_size=2, max_size=5).map("".join)
TEXTS = st.lists(st.text("国土一1aé𠮷.", max_size=40), min_size=1, max_size=6)


@given(PATTERNS, TEXTS, st.sampled_from([12, 30, 1 << 20]), st.booleans())
def test_no_match_is_lost(
    tmp_path_factory: pytest.TempPathFactory,
    pattern: str,
    texts: list[str],
    window: int,
    signed: bool,
) -> None:
    known = anchor(pattern)
    if known is None:
        return
    folder = tmp_path_factory.mktemp("texts")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(signatures, "LEAST", 0)
        patched.setattr(signatures, "MANY", 1)
        writer = TextWriter(str(folder), "a", ".tmp")
        for text in texts:
            writer.add(text.encode())
        writer.close("a")
        signed_by = str(folder / "a.signatures") if signed else None
        with Texts(str(folder / "a.text"), len(texts), signed_by, window) as made:
            admitted = made.anchored(known)
            assert set(admitted) <= set(made.containing(known.sought))
    matching = {number for number, text in enumerate(texts) if regex.search(pattern, text)}
    assert matching <= set(admitted)


@pytest.mark.parametrize(
    ("pattern", "sought", "before", "longest"),
    [
        ("罚款[0-9]{4}元", "罚款", 0, 13),
        ("[0-9]{4}年度报告", "年度报告", 4, 16),
        ("处?罚款[0-9]+元", "罚款", 0, 7),
        ("[一二]国土[0-9]", "国土", 3, 10),
    ],
)
def test_what_stands_beside_a_literal(pattern: str, sought: str, before: int, longest: int) -> None:
    known = anchor(pattern)
    assert known is not None
    assert (known.sought.decode(), known.before, known.longest) == (sought, before, longest)


@pytest.mark.parametrize("pattern", ["第[一二三]+条", "国土", "a?国土", "国土.", "(国土)[0-9]", ""])
def test_where_nothing_is_known(pattern: str) -> None:
    assert anchor(pattern) is None


def test_a_place_without_what_is_beside_it_is_not_one() -> None:
    known = anchor("罚款[0-9]{4}元")
    assert known is not None
    for text, may in (
        ("罚款2000元", True),
        ("罚款。2000元", False),
        ("罚款20元以上", False),
        ("罚款2", True),
    ):
        data = text.encode()
        assert known.may_be_at(data, 0, len(data)) is may
