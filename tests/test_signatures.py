"""Signatures lose no occurrence: the pieces that remain have all that a scan finds."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsq.engines.folder import signatures
from lsq.engines.folder.damage import DamageError
from lsq.engines.folder.signatures import PIECE, ROWS, Signatures, SignatureWriter, rows_of
from lsq.engines.folder.texts import Texts, TextWriter

# Of one to four bytes in UTF-8, frequent and rare ones; some of them halve a piece's edge.
ALPHABETS = ["国土空间", "ab", "aé国𠮷", "".join(map(chr, range(0x4E00, 0x5200)))]


@pytest.fixture(autouse=True)
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little text there is; and several tiles of columns."""
    monkeypatch.setattr(signatures, "LEAST", 0)
    monkeypatch.setattr(signatures, "TILE", 8)


def written(folder: Path, texts: Sequence[str]) -> Texts:
    writer = TextWriter(str(folder), "a", ".tmp")
    for text in texts:
        writer.add(text.encode())
    writer.close("a")
    assert sorted(file.name for file in folder.iterdir()) == ["a.signatures", "a.text"]
    return Texts(str(folder / "a.text"), len(texts), str(folder / "a.signatures"))


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Texts of dozens of pieces and less, and strings that stand in them, or nearly."""
    chance = random.Random(draw(st.integers(0, 1 << 32)))
    alphabet = draw(st.sampled_from(ALPHABETS))
    longest = draw(st.sampled_from([10, 3000, 20_000]))
    texts = [
        "".join(chance.choices(alphabet, k=chance.randrange(longest)))
        for _ in range(draw(st.integers(1, 5)))
    ]
    strings = []
    for text in filter(None, texts):
        for length in (1, 2, 3, 5, 31, 32, 33, 200):
            at = chance.randrange(len(text))
            string = text[at : at + length]
            strings += [string, string[1:] + chance.choice(alphabet), string + "又"]
    return texts, strings


@given(corpora())
def test_signatures_find_what_a_scan_finds(
    tmp_path_factory: pytest.TempPathFactory, corpus: tuple[list[str], list[str]]
) -> None:
    texts, strings = corpus
    with written(tmp_path_factory.mktemp("texts"), texts) as made:
        narrowed = made._signatures
        assert narrowed is not None
        with pytest.MonkeyPatch.context() as patch:
            for many in (1, 8):
                patch.setattr(signatures, "MANY", many)
                for string in strings:
                    expected = [number for number, text in enumerate(texts) if string in text]
                    assert made.containing(string.encode()) == expected
                    for one in range(len(texts)):  # where only its occurrences count
                        found = made.containing(string.encode(), frozenset([one]))
                        assert {one} & set(expected) <= set(found) <= set(expected)
                    pieces = narrowed.candidates(string.encode())
                    if many == 1 and len(string) > 1:
                        assert pieces is not None
                        assert made._in_pieces(string.encode(), pieces) == expected


def test_an_occurrence_across_pieces_is_found(
    tmp_path: Path,
) -> None:
    string = "浙江省丽水市国土空间规划" * 4  # longer than what is looked up of it
    for shift in range(0, 200, 3):
        folder = tmp_path / str(shift)
        folder.mkdir()
        before = "a" * (PIECE - 160 + shift)
        with written(folder, [before + string + "b" * 20 * PIECE]) as made:
            assert made._signatures is not None
            assert made._signatures.candidates(string.encode()) is not None
            assert made.containing(string.encode()) == [0]


def test_a_rare_string_is_searched_in_few_pieces(tmp_path: Path) -> None:
    chance = random.Random(1)
    texts = ["".join(chance.choices(ALPHABETS[3], k=20_000)) for _ in range(20)]
    texts[7] += "瓯江山水诗之路"
    with written(tmp_path, texts) as made:
        assert made._signatures is not None
        pieces = made._signatures.candidates("瓯江山水诗之路".encode())
    assert pieces is not None
    assert len(pieces) <= 2
    expected = sum(map(len, (text.encode() + b"\0" for text in texts[:8]))) // PIECE
    assert expected in range(pieces[0], pieces[-1] + 1)


def test_a_pair_has_the_same_row_at_any_position() -> None:
    units = "丽水市a𠮷b国".encode("utf-16-le")
    pairs = [rows_of(units[at : at + 4])[0] for at in range(0, len(units) - 2, 2)]
    assert list(rows_of(units)) == pairs
    assert all(row < ROWS for row in pairs)
    assert not rows_of(units[:2])
    assert not rows_of(b"")


def test_a_string_in_most_pieces_is_scanned_for(tmp_path: Path) -> None:
    with written(tmp_path, ["国土空间" * 10 * PIECE]) as made:
        assert made._signatures is not None
        assert made._signatures.candidates("国土".encode()) is None
        assert made._signatures.candidates("国".encode()) is None
        assert made.containing("国土".encode()) == [0]


def test_signatures_of_other_texts_are_refused(tmp_path: Path) -> None:
    with written(tmp_path, ["国" * 10 * PIECE]):
        pass
    other = Signatures(str(tmp_path / "a.signatures"), PIECE)
    with pytest.raises(DamageError, match="not the signatures"):
        other.candidates("国国".encode())
    other.close()


def test_little_text_has_no_signatures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "LEAST", 100)
    for size in (99, 100):
        writer = SignatureWriter(str(tmp_path / "made.tmp"))
        writer.add(bytes(size))
        writer.close(str(tmp_path / str(size)))
    assert [file.name for file in tmp_path.iterdir()] == ["100"]


def test_an_abandoned_writer_leaves_no_file(tmp_path: Path) -> None:
    writer = TextWriter(str(tmp_path), "a", ".tmp")
    writer.add(b"a" * 20 * PIECE)  # more than a tile of columns
    assert len(list(tmp_path.iterdir())) == 2
    writer.abandon()
    assert not list(tmp_path.iterdir())
