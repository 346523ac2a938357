"""Words: jieba's for ideographs, lsq's own for all else, and quietly."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.fold import fold
from lsq.segment import Segmenter
from tests.conftest import FIRST, ROOT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("国土空间规划", ["国土", "空间", "规划", "空间规划"]),
        ("中国科学院", ["中国", "科学", "学院", "科学院", "中国科学院"]),
        ("二〇二〇年", ["二", "〇", "二", "〇", "年"]),
        ("1+3+n", ["1", "3", "n"]),
        ("5g网络", ["5g", "网络"]),
        ("a", ["a"]),
        ("r&d", ["r", "d"]),
        ("㐀𠮷", ["㐀", "𠮷"]),
        ("《》、。 \n", []),
    ],
)
def test_words_of_a_document(segmenter: Segmenter, text: str, words: list[str]) -> None:
    assert list(segmenter.document_words(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("中国科学院", ("中国科学院",)),
        ("规划的规划", ("规划", "的")),
        ("x" * 100, ("x" * 64, "x" * 36)),
    ],
)
def test_words_of_a_query(segmenter: Segmenter, text: str, words: tuple[str, ...]) -> None:
    assert segmenter.query_words(text) == words


@given(st.text())
def test_no_letter_or_digit_is_lost(segmenter: Segmenter, text: str) -> None:
    folded = fold(text)
    expected = {char for char in folded if char.isalnum()}
    assert set("".join(segmenter.query_words(folded))) >= expected
    assert set("".join(segmenter.document_words(folded))) >= expected


def test_a_document_has_the_words_of_a_query_for_all_of_it(segmenter: Segmenter) -> None:
    text = fold((ROOT / FIRST).read_text("utf-8"))
    assert set(segmenter.query_words(text)) <= set(segmenter.document_words(text))


def test_it_is_silent_and_leaves_no_file_behind(tmp_path: Path) -> None:
    program = "from lsq.segment import Segmenter; print(*Segmenter().query_words('国土空间'))"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={"TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert (ran.stdout, ran.stderr) == ("国土 空间\n", "")
    assert not list(tmp_path.iterdir())
