"""The dictionary an index carries: what is in it, and what is refused."""

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lsq.errors import DictionaryError
from lsq.segment import Segmenter, UserWord, making
from lsq.segment.dictionary import WORDS, Dictionary, open_dictionary
from lsq.segment.making import _fingerprint, build_dictionary, write_dictionary
from lsq.segment.private import new_tokenizer
from lsq.segment.user_words import read_user_words
from lsq.text.fold import folded_words


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good dictionary; not to be changed."""
    folder = tmp_path_factory.mktemp("dictionary")
    write_dictionary(folder / "dictionary", [("丽政发", None)])
    return folder / "dictionary"


@pytest.fixture(scope="module")
def plain() -> Dictionary:
    """Jieba's words alone."""
    return build_dictionary()


def fingerprint_of(user_words: Sequence[UserWord] = ()) -> str:
    """The fingerprint of the dictionary that these words would make, which is not made."""
    return _fingerprint(user_words).hex()


def words_in(user: Path) -> list[UserWord]:
    read = read_user_words(user)
    assert not read.refused
    return read.words


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "user.txt"


def test_it_has_jiebas_words_and_their_beginnings(plain: Dictionary) -> None:
    tokenizer = new_tokenizer({}, 0)
    tokenizer.FREQ, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    for word, frequency in folded_words().items():
        total += frequency - tokenizer.FREQ.get(word, 0)
        tokenizer.add_word(word, frequency)
    frequencies = tokenizer.FREQ
    assert plain.total == total
    of_runs = {
        text: frequency
        for text, frequency in frequencies.items()
        if re.fullmatch("[\u4e00-\u9fd5]+", text)
    }
    assert len(of_runs) > 400_000
    for text, frequency in of_runs.items():
        assert plain.get(text) == frequency
    assert all(text in plain for text in islice(of_runs, 0, None, 100))
    for text in ("", "a", "龥的", "〇", "\U0002a6d6", "龥龥龥", "空间规划局"):
        assert text not in frequencies
        assert text not in plain
        assert plain.get(text) is None
        with pytest.raises(KeyError):
            plain[text]
    assert plain["空间规划"] == frequencies["空间规划"]


# What a user's list may look like, and the words with their frequencies.
LISTED = """\ufeff麗政發 20 nz
丽政乙 30
丽政丙 nz

  丽政丁\t40  \r
丽政戊 50
丽政戊 7
规划 5
糖类抗原19-9 500
"""
NEW = {"丽政发": 20, "丽政乙": 30, "丽政丙": 1, "丽政丁": 40, "丽政戊": 7}


@pytest.fixture(scope="module")
def with_users_words(tmp_path_factory: pytest.TempPathFactory) -> Dictionary:
    """Jieba's words and a user's."""
    path = tmp_path_factory.mktemp("listed") / "user.txt"
    path.write_bytes(LISTED.encode())
    return build_dictionary(words_in(path))


def test_a_users_words(plain: Dictionary, with_users_words: Dictionary) -> None:
    assert with_users_words.user_words() == NEW | {"规划": 5, "糖类抗原19-9": 1}
    assert {word: with_users_words[word] for word in NEW} == NEW
    assert with_users_words["规划"] == 5
    total = plain.total + sum(NEW.values()) - plain["规划"] + 5
    assert with_users_words.total == total
    assert plain.user_words() == {}


def test_an_empty_list_has_no_words(user: Path) -> None:
    user.write_bytes(b"")
    assert words_in(user) == []


def test_a_word_without_a_frequency_gets_one_that_keeps_it_together(
    user: Path, tmp_path: Path
) -> None:
    user.write_text("政府办公\n", "utf-8")
    write_dictionary(tmp_path / "dictionary", words_in(user))
    assert Segmenter().query_words("政府办公") == ("政府", "办公")
    assert Segmenter(tmp_path / "dictionary").query_words("政府办公") == ("政府办公",)
    assert "政府办公" in Segmenter(tmp_path / "dictionary").document_words("政府办公")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("5G技术", ("5g技术", None)),
        ("5G 技术 3 n", ("5g技术", 3)),
        ("C919", ("c919", None)),
        ("COVID-19 20", ("covid-19", 20)),
        ("COVID－19", ("covid-19", None)),
        ("一带一路 倡议", ("一带一路倡议", None)),
        ("“十四五”规划 n", ('"十四五"规划', None)),
        ("二〇二〇年", ("二零二零年", None)),
        ("丽\u200b水", ("丽水", None)),
        ("#1机组", ("#1机组", None)),
    ],
)
def test_a_word_is_what_texts_have(user: Path, line: str, word: UserWord) -> None:
    user.write_text(f"丽水\n{line}\r\n# 地名\n\n", "utf-8")
    assert read_user_words(user) == ([("丽水", None), word], [])


def test_mixed_words_are_kept_apart_from_those_for_jieba(
    plain: Dictionary, with_users_words: Dictionary
) -> None:
    assert with_users_words.mixed_words() == ["糖类抗原19-9"]
    assert "糖类抗原19" not in with_users_words
    assert plain.mixed_words() == []
    # A frequency means nothing to them, so a copy of an index has the same dictionary.
    assert fingerprint_of([("5g技术", 3)]) == fingerprint_of([("5g技术", None)])
    listed = list(with_users_words.user_words().items())
    again = build_dictionary(listed)
    assert again.fingerprint == fingerprint_of(listed)
    assert again.user_words() == with_users_words.user_words()
    assert again.total == with_users_words.total


def test_damage_among_mixed_words_is_seen_by_a_query(tmp_path: Path) -> None:
    path = tmp_path / "dictionary"
    write_dictionary(path, [("5g技术", None)])
    content = path.read_bytes()
    at = content.rindex("5g技术".encode())
    path.write_bytes(content[:at] + b"6" + content[at + 1 :])
    with pytest.raises(DictionaryError, match="damaged"):
        Segmenter(path).query_words("国土")


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("丽水\nEdu Trust认证 3\n", 2, "a blank between letters or digits"),
        ("丽水 abc n x", 1, "a blank between letters or digits"),
        ("丽水 3 n 4", 1, "a blank between letters or digits"),
        ("——", 1, "no ideograph, letter or digit"),
        ("《》 20 n", 1, "no ideograph, letter or digit"),
        ("丽\0水", 1, "control character"),
        ("丽水 -3", 1, "a frequency is from 1 to 1000000000"),
        ("丽水 1.5", 1, "a frequency is from 1 to 1000000000"),
        ("\n\n丽水 0", 3, "a frequency is from 1 to 1000000000"),
        ("丽水 1000000001", 1, "a frequency is from 1 to 1000000000"),
        ("丽水 " + "9" * 10_000, 1, "a frequency is from 1 to 1000000000"),
        ("水" * 65, 1, "over 64 characters"),
        ("丽水 3\n".encode() + "丽水".encode("gb18030"), 2, "not in UTF-8"),
        ("丽水 3\n".encode("gb18030") + b"\xff\xff", 2, "not in GB18030"),
    ],
)
def test_a_line_that_is_no_word_is_reported_and_the_others_are_used(
    user: Path, content: str | bytes, line: int, reason: str
) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    user.write_bytes(
        raw + "\n国土空间\n".encode("gb18030" if reason == "not in GB18030" else "utf-8")
    )
    words, (refused,) = read_user_words(user)
    assert refused.startswith(f"{user}:{line}: skipped: ")
    assert reason in refused
    assert words[-1] == ("国土空间", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_in_any_encoding_of_chinese_systems(user: Path, encoding: str) -> None:
    user.write_bytes("丽政发 20 n\r\n5G技术\r\nC919\r\n".encode(encoding))
    assert words_in(user) == [("丽政发", 20), ("5g技术", None), ("c919", None)]


def test_a_users_dictionary_that_is_not_there(user: Path) -> None:
    with pytest.raises(DictionaryError, match=re.escape(str(user))):
        read_user_words(user)


def test_a_fingerprint_tells_what_texts_are_cut_by(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = {"rjieba": "0.2.2"}
    monkeypatch.setattr(making, "version", versions.__getitem__)
    # Of jieba 0.42.1, rjieba 0.2.2 and RULES 2, on every machine. If it is another one now,
    # indexes made before are cut in another way than those made from now on.
    assert fingerprint_of().startswith("82835748e8614d4b")
    contents = ["丽政发", "丽政发 3", "丽政发 4", "丽政", "丽政发 3\n丽政", "丽政\n丽政发 3"]
    seen = {fingerprint_of()}
    for content in contents:
        user.write_text(content, "utf-8")
        fingerprint = fingerprint_of(words_in(user))
        assert fingerprint not in seen
        seen.add(fingerprint)
    assert write_dictionary(tmp_path / "dictionary", words_in(user)) == fingerprint
    assert open_dictionary(tmp_path / "dictionary", fingerprint).fingerprint == fingerprint
    # What makes no difference to the words makes none to the fingerprint.
    user.write_text("\ufeff麗政\n\n丽政发  3 nz\n", "utf-8")
    assert fingerprint_of(words_in(user)) == fingerprint
    # Its words are rjieba's copy of jieba's.
    versions["rjieba"] = "0.2.3"
    assert fingerprint_of(words_in(user)) not in seen


def test_the_same_words_make_the_same_file(written: Path, tmp_path: Path) -> None:
    write_dictionary(tmp_path / "dictionary", [("丽政发", None)])
    assert (tmp_path / "dictionary").read_bytes() == written.read_bytes()
    assert list(tmp_path.iterdir()) == [tmp_path / "dictionary"]


def test_a_dictionary_in_use_can_be_replaced(user: Path, tmp_path: Path) -> None:
    path = tmp_path / "dictionary"
    write_dictionary(path)
    opened = open_dictionary(path)
    user.write_text("丽政发 3\n", "utf-8")
    write_dictionary(path, words_in(user))
    assert "丽政发" not in opened
    assert "丽政发" in open_dictionary(path)
    opened.close()


def test_nothing_is_left_of_a_dictionary_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "dictionary").mkdir()
    with pytest.raises(OSError, match="dictionary"):
        write_dictionary(tmp_path / "dictionary")
    assert list(tmp_path.iterdir()) == [tmp_path / "dictionary"]


def test_a_dictionary_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match=r"cannot be read: .*: lsq index"):
        Segmenter(tmp_path / "dictionary").query_words("国土")


@pytest.mark.parametrize(
    "length", [0, 5, 16, 100, 111, 112, 113, 50_000, WORDS - 1, WORDS, 1_000_000, -1]
)
def test_a_dictionary_cut_short_is_refused(written: Path, tmp_path: Path, length: int) -> None:
    path = tmp_path / "dictionary"
    path.write_bytes(written.read_bytes()[:length])
    with pytest.raises(DictionaryError, match="lsq index --rebuild"):
        open_dictionary(path)


def test_what_is_no_dictionary_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dictionary"
    path.write_bytes(b"no such thing" * 100_000)
    with pytest.raises(DictionaryError, match="not a dictionary of this version"):
        open_dictionary(path)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, WORDS - 1), bit=st.integers(0, 7))
def test_damage_to_header_and_table_is_seen_at_once(
    written: Path, tmp_path: Path, place: int, bit: int
) -> None:
    path = tmp_path / "dictionary"
    content = bytearray(written.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)
    with pytest.raises(DictionaryError):
        open_dictionary(path)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), garbage=st.binary(min_size=1, max_size=200_000))
def test_damage_anywhere_is_seen_before_documents_are_cut(
    written: Path, tmp_path: Path, place: float, garbage: bytes
) -> None:
    path = tmp_path / "dictionary"
    good = written.read_bytes()
    at = int(place * len(good))
    content = (good[:at] + garbage + good[at + len(garbage) :])[: len(good)]
    path.write_bytes(content)
    segmenter = Segmenter(path)
    if content != good:
        with pytest.raises(DictionaryError):
            segmenter.document_words("国土空间规划")
    # A query may not notice, but then it is cut as it should be.
    query = "国土空间规划一二三"
    try:
        words = segmenter.query_words(query)
    except DictionaryError:
        return
    assert words == Segmenter(written).query_words(query)


@pytest.mark.parametrize("word", ["国土", "国土空间", "空间"])
def test_damage_among_words_like_that_looked_up_is_seen(
    written: Path, tmp_path: Path, word: str
) -> None:
    path = tmp_path / "dictionary"
    content = bytearray(written.read_bytes())
    content[content.index(f"\n{word[0]}".encode(), WORDS) + 6] ^= 1
    path.write_bytes(content)
    with pytest.raises(DictionaryError, match="damaged"):
        open_dictionary(path).get(word)
    assert open_dictionary(path).get("水") == open_dictionary(written).get("水")


def test_a_frequency_of_garbage_is_refused(written: Path, tmp_path: Path) -> None:
    path = tmp_path / "dictionary"
    content = written.read_bytes()
    at = content.index("\n国土 ".encode()) + len("\n国土 ".encode())
    for garbage in (b"9" * 10_000, b"-1", b"x"):
        path.write_bytes(content[:at] + garbage + content[at + len(garbage) :])
        with pytest.raises(DictionaryError, match="damaged"):
            Segmenter(path).query_words("国土空间")
