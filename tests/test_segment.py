"""Words: jieba's for ideographs, lsq's own for all else, and quietly."""

import pickle
import random
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lsq.errors import DictionaryError
from lsq.segment import Segmenter
from lsq.segment.making import write_dictionary
from lsq.segment.private import new_tokenizer
from lsq.segment.user_words import read_user_words
from lsq.text.fold import fold, folded_words
from tests.conftest import ROOT, SEEDS, UNMEASURED, made_by, python

if TYPE_CHECKING:
    from jieba import Tokenizer

SEED_TEXTS = [fold(path.read_text("utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
SEED_RUNS = sorted({run for text in SEED_TEXTS for run in re.findall("[\u4e00-\u9fd5]+", text)})

# New, with and without a frequency; one of jieba's own; too rare to be cut out, so that
# jieba's Markov model must not split it either; inside another; given twice.
USER_WORDS = """\
百山祖国家公园
丽政发 20 n
空间规划 9
珙桐龘 1
龘靐 1
国土空间规划 3
国土空间规划
国土空间
"""


@pytest.fixture(scope="module")
def jieba() -> "Tokenizer":
    """Jieba as it comes, but for the words that folding changes."""
    return with_folded_words()


def with_folded_words() -> "Tokenizer":
    tokenizer = new_tokenizer({}, 0)
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    for word, frequency in folded_words().items():
        tokenizer.add_word(word, frequency)
    # Jieba adds up all frequencies that a word ever had.
    tokenizer.total = sum(tokenizer.FREQ.values())
    return tokenizer


@pytest.fixture(scope="module")
def own_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dictionary with a user's words."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "user.txt").write_text(USER_WORDS, "utf-8")
    write_dictionary(folder / "dictionary", read_user_words(folder / "user.txt").words)
    return folder / "dictionary"


@pytest.fixture(scope="module")
def own(own_words: Path) -> Segmenter:
    return Segmenter(own_words)


@pytest.fixture(scope="module")
def jieba_with_own_words(own_words: Path) -> "Tokenizer":
    """Jieba as it comes, with the same words loaded in its own way."""
    tokenizer = with_folded_words()
    with own_words.with_name("user.txt").open("rb") as file:
        tokenizer.load_userdict(file)
    tokenizer.total = sum(tokenizer.FREQ.values())
    return tokenizer


def test_words_that_folding_changes_are_words(segmenter: Segmenter) -> None:
    for typed in ("著作权", "覆盖率", "显著", "答复", "接着", "乾隆"):
        assert fold(typed) in segmenter.query_words(fold(typed)), typed
        assert fold(typed) in segmenter.document_words(fold(f"其{typed}的")), typed


def test_the_table_of_folded_words_is_what_its_sources_say() -> None:
    table = ROOT / "src" / "lsq" / "text" / "words.txt"
    assert made_by("folded_words.py").split() == table.read_text("utf-8").split()


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
        ("丽水abc-123规划_的", ["丽水", "abc", "123", "规划", "的"]),
        ("㐀𠮷", ["㐀", "𠮷"]),
        ("《》、。 \n", []),
        ("", []),
    ],
)
def test_words_of_a_document(segmenter: Segmenter, text: str, words: list[str]) -> None:
    assert segmenter.document_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("中国科学院", ("中国科学院",)),
        ("规划的规划", ("规划", "的")),
        ("5g网络 5g", ("5g", "网络")),
        ("x" * 100, ("x" * 64, "x" * 36)),
        ("", ()),
    ],
)
def test_words_of_a_query(segmenter: Segmenter, text: str, words: tuple[str, ...]) -> None:
    assert segmenter.query_words(text) == words


@given(
    st.lists(
        st.text()
        | st.sampled_from(["国土空间", "规划", "二〇二〇年", "1+3+n", "\n", " ", "𠮷", "5g网络"])
    ).map("".join)
)
def test_counting_words_is_counting_them(segmenter: Segmenter, text: str) -> None:
    folded = fold(text)
    assert segmenter.count_words(folded) == Counter(segmenter.document_words(folded))


@given(st.text())
def test_no_letter_or_digit_is_lost(segmenter: Segmenter, text: str) -> None:
    folded = fold(text)
    expected = {char for char in folded if char.isalnum()}
    assert set("".join(segmenter.query_words(folded))) >= expected
    assert set("".join(segmenter.document_words(folded))) >= expected


def test_what_was_cut_is_not_changed_by_what_is_done_with_it(segmenter: Segmenter) -> None:
    segmenter.document_words(" a ").append("b")
    assert segmenter.document_words(" a ") == ["a"]


@cache
def jiebas_words() -> list[str]:
    """Some of the words of jieba's dictionary."""
    with new_tokenizer({}, 0).get_dict_file() as jiebas:
        lines = random.Random(4).sample(jiebas.read().decode().splitlines(), 5000)
    return [word for word in (line.split(" ")[0] for line in lines) if word[0] >= "\u4e00"]


def runs(*words: str) -> st.SearchStrategy[str]:
    """Runs of ideographs: words of jieba's and of `words`, pieces of the seeds, any."""
    piece = st.one_of(
        st.sampled_from([*words, *jiebas_words()]),
        st.sampled_from(SEED_RUNS),
        st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), min_size=1, max_size=4),
        st.sampled_from("".join([*words, "的一是在不了有和人这中大为上个国"])),
    )
    return st.lists(piece, min_size=1, max_size=8).map("".join).filter(str.isalnum)


def assert_agree(segmenter: Segmenter, jieba: "Tokenizer", run: str) -> None:
    """Rjieba, jieba over the mapped dictionary and jieba as it comes give the same words."""
    assert segmenter.document_words(run) == list(jieba.cut_for_search(run))
    assert segmenter.query_words(run) == tuple(dict.fromkeys(jieba.cut(run)))


def test_documents_and_queries_are_cut_as_jieba_cuts(
    segmenter: Segmenter, jieba: "Tokenizer"
) -> None:
    for run in SEED_RUNS:
        assert_agree(segmenter, jieba, run)


@given(run=runs())
def test_any_text_is_cut_as_jieba_cuts(segmenter: Segmenter, jieba: "Tokenizer", run: str) -> None:
    assert_agree(segmenter, jieba, run)


@given(
    run=runs("百山祖国家公园", "丽政发", "空间规划", "珙桐龘", "龘靐", "国土空间规划", "国土空间")
)
@example(run="龘靐")
@example(run="珙桐龘靐")
@example(run="百山祖国土空间规划")
def test_with_a_users_words_too(
    own: Segmenter, jieba_with_own_words: "Tokenizer", run: str
) -> None:
    assert_agree(own, jieba_with_own_words, run)


def test_a_users_words_change_documents_and_queries(segmenter: Segmenter, own: Segmenter) -> None:
    assert "丽政发" not in segmenter.query_words("丽政发文件")
    assert "丽政发" not in segmenter.document_words("丽政发文件")
    assert "丽政发" in own.query_words("丽政发文件")
    assert "丽政发" in own.document_words("丽政发文件")
    # And only where they were asked for: rjieba's shared instance is as it was.
    assert "丽政发" not in Segmenter().document_words("丽政发文件")


@given(st.lists(st.one_of(runs("丽政发"), st.text(max_size=5)), max_size=8).map("".join))
@example("\n".join(SEED_TEXTS))
def test_a_document_has_the_words_of_a_query_for_all_of_it(own: Segmenter, text: str) -> None:
    folded = fold(text)
    assert set(own.query_words(folded)) <= set(own.document_words(folded))


MIXED = [
    "5g智慧水务",
    "5g智慧",
    "糖类抗原19-9",
    "covid-19",
    "c++语言",
    "“十四五”规划",
    "二〇二〇年",
    "c919",
]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    """A dictionary with words of more than jieba's ideographs, and one of those alone."""
    path = tmp_path_factory.mktemp("mixed") / "dictionary"
    write_dictionary(path, [*((word, None) for word in MIXED), ("丽政发", None)])
    return Segmenter(path)


@pytest.mark.parametrize(
    ("text", "words", "inside"),
    [
        (
            "建设5g智慧水务平台",
            ["建设", "5g智慧水务", "平台"],
            ["5g", "智慧", "水务"],
        ),  # the longest
        ("建设5g 智慧 水务平台", ["建设", "5g智慧水务", "平台"], ["5g", "智慧", "水务"]),
        ("5g智慧\n水务", ["5g智慧", "水务"], ["5g", "智慧"]),
        ("15g智慧水务", ["15g", "智慧", "水务"], []),  # another number
        ("糖类抗原19-9指标", ["糖类抗原19-9", "指标"], ["糖类", "抗原", "19", "9"]),
        ("糖类抗原19-95", ["糖类", "抗原", "19", "95"], []),
        ("covid - 19,covid 19", ["covid-19", "covid", "19"], ["covid", "19"]),
        ("c++语言和c语言", ["c++语言", "和", "c", "语言"], ["c", "语言"]),
        ("二〇二〇年", ["二〇二〇年"], ["二", "〇", "年"]),
        ("c919与ac919", ["c919", "与", "ac919"], []),
        ("丽政发5g智慧", ["丽政发", "5g智慧"], ["5g", "智慧"]),
    ],
)
def test_words_of_mixed_characters_are_cut_first(
    mixed: Segmenter, text: str, words: list[str], inside: list[str]
) -> None:
    assert list(mixed.query_words(text)) == words
    document = mixed.document_words(text)
    assert set(document) >= {*words, *inside}
    assert mixed.count_words(text) == Counter(document)
    for word in words:  # however it was written, and no word twice for one place
        assert document.count(word) == words.count(word) + inside.count(word)


@given(
    st.lists(
        st.sampled_from([*MIXED, "丽政发", "国土空间", " ", "\n", "-", "1", "c", "5", "年"])
        | st.text(max_size=3)
    ).map("".join)
)
@example("\n".join(SEED_TEXTS) + "5g智慧水务")
def test_with_mixed_words_a_document_has_the_words_of_a_query_too(
    mixed: Segmenter, text: str
) -> None:
    folded = fold(text)
    words = mixed.document_words(folded)
    assert set(mixed.query_words(folded)) <= set(words)
    assert mixed.count_words(folded) == Counter(words)
    assert {char for char in folded if char.isalnum()} <= set("".join(words))


@settings(max_examples=20)  # each reads three dictionaries
@given(
    st.lists(
        st.sampled_from([*MIXED, "丽政发", "国土空间规划", "中国科学院", " ", "\n", "1", "c", "年"])
        | st.text(max_size=3)
    ).map("".join)
)
@example("\n".join(SEED_TEXTS) + "5g智慧水务")
def test_running_words_are_those_of_a_document_without_the_ones_inside(
    segmenter: Segmenter, own: Segmenter, mixed: Segmenter, text: str
) -> None:
    folded = fold(text)
    for each in (segmenter, own, mixed):
        ranges = each.running_words(folded)
        assert all(end <= start for (_, end), (start, _) in pairwise(ranges))
        words = [folded[start:end].replace(" ", "") for start, end in ranges]
        assert list(dict.fromkeys(words)) == list(each.query_words(folded))
        assert each.running_counts(each.count_words(folded)) == Counter(words)


@given(st.lists(st.sampled_from([*MIXED, "丽政发", "和", "，", " "])).map("".join))
def test_no_boundary_is_inside_a_word_of_a_query(mixed: Segmenter, text: str) -> None:
    boundaries = mixed.query_boundaries(text)
    assert {0, len(text)} <= boundaries
    spans = zip(sorted(boundaries), sorted(boundaries)[1:], strict=False)
    pieces = [text[start:end].replace(" ", "") for start, end in spans]
    assert set(mixed.query_words(text)) == {
        piece for piece in pieces if any(map(str.isalnum, piece))
    }


def test_it_travels_between_processes(own: Segmenter) -> None:
    assert "丽政发" in own.query_words("丽政发")
    copy: Segmenter = pickle.loads(pickle.dumps(own))  # noqa: S301  # made right here
    assert "丽政发" in copy.query_words("丽政发")
    assert "丽政发" in copy.document_words("丽政发")


def test_it_can_be_used_after_it_was_closed(own_words: Path) -> None:
    segmenter = Segmenter(own_words)
    segmenter.close()
    assert "丽政发" in segmenter.query_words("丽政发")
    segmenter.close()
    assert "丽政发" in segmenter.query_words("丽政发")


@pytest.mark.parametrize("cut", [Segmenter.query_words, Segmenter.document_words])
def test_a_dictionary_of_another_fingerprint_is_refused(own_words: Path, cut: object) -> None:
    assert callable(cut)
    with pytest.raises(DictionaryError, match="not the dictionary that the index was made with"):
        cut(Segmenter(own_words, "0" * 64), "国土")


@pytest.mark.parametrize(
    ("does", "loads"),
    [
        ("close()", set()),
        ("query_words('abc 123 〇 “，')", set()),
        ("document_words('abc 123 〇 “，')", set()),
        ("document_words('国土空间')", {"rjieba"}),
        # jieba is no module that others see.
        ("query_words('国土空间')", {"own jieba"}),
        # No word starts like this: jieba needs its Markov model.
        ("query_words('靐龘')", {"own jieba", "own jieba.finalseg"}),
    ],
)
def test_it_loads_what_it_needs_when_it_needs_it(
    own_words: Path, does: str, loads: set[str]
) -> None:
    program = (
        "import sys; from lsq.segment import Segmenter; segmenter = Segmenter(sys.argv[1]);"
        f"segmenter.{does};"
        "print(*{'jieba', 'jieba.finalseg', 'rjieba'} & sys.modules.keys(), sep=',');"
        "from lsq.segment import private;"
        "own = private._PACKAGE._modules.keys() & {'jieba', 'jieba.finalseg'};"
        "print(*(f'own {name}' for name in own), sep=',')"
    )
    ran = python("-W", "error", "-c", program, own_words)
    assert ran.returncode == 0, ran.stderr
    assert set(filter(None, ran.stdout.replace("\n", ",").split(","))) == loads


@pytest.mark.parametrize("with_file", [False, True])
def test_it_is_silent_and_leaves_no_file_behind(
    tmp_path: Path, own_words: Path, with_file: bool
) -> None:
    program = (
        "import sys; from lsq.segment import Segmenter; segmenter = Segmenter(*sys.argv[1:]);"
        "print(*segmenter.query_words('国土珙桐'), *segmenter.document_words('国土'))"
    )
    files = [own_words] if with_file else []
    temporary = {"TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    ran = python("-W", "error", "-c", program, *files, **temporary, **UNMEASURED)
    assert (ran.stdout, ran.stderr) == ("国土 珙桐 国土\n", "")
    assert not list(tmp_path.iterdir())
