"""The files of an index: readable by Whoosh, complete, and never much too large."""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import fields, index, query, scoring
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashReader

from lsq.engines import Stamp
from lsq.engines.folder import FolderEngine, signatures
from lsq.engines.folder import texts as texts_module
from lsq.engines.folder.damage import DamageError
from lsq.engines.folder.sealed import BLOCK, Sealed, seal
from lsq.engines.folder.snapshot import Snapshot
from lsq.engines.folder.snapshot_segment import KEPT
from lsq.engines.folder.texts import Texts, TextWriter
from lsq.engines.registry import open_engine, store_of
from lsq.engines.whoosh import columns, transaction
from lsq.engines.whoosh.segment_file import SegmentFile
from lsq.engines.whoosh.terms import TermsWriter
from lsq.errors import DamagedError, ForeignIndexError
from lsq.query import Chunk, Everything, Literal
from lsq.text.find import find as vector_find
from lsq.text.fold import fold
from tests.conftest import python
from tests.factories import article

WORDS = ["国土", "空间", "规划", "生态", "浙江", "丽水", *(f"词{n}" for n in range(40))]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[FolderEngine]:
    with FolderEngine(str(tmp_path / "index"), store_of, create=True) as engine:
        yield engine


def put_all(
    engine: FolderEngine,
    documents: dict[str, Sequence[str]],
    then: type[Exception] | None = None,
) -> None:
    with engine.update() as update:
        for name, words in documents.items():
            source = article("".join(words), path=name)
            document = engine.prepare(source, fold(source.text), Counter(words))
            update.replace(name, Stamp(0, 0, ""), [document])
        if then:
            raise then


def random_documents(count: int, seed: int = 1) -> dict[str, Sequence[str]]:
    chance = random.Random(seed)
    return {
        f"{number}.txt": chance.choices(WORDS, k=chance.randrange(1, 300))
        for number in range(count)
    }


def data(engine: FolderEngine) -> Path:
    return Path(engine._mark.data)


def segments(engine: FolderEngine) -> list[int]:
    """How many documents each segment has, deleted ones included."""
    with Snapshot(engine._mark.data, engine._store) as snapshot:
        return [segment.info.documents for segment in snapshot.segments]


def names(engine: FolderEngine, sought: str) -> set[str]:
    return {Path(match.path).name for match in engine.search(Literal(sought)).best}


def test_whoosh_alone_reads_it_with_the_scores_of_its_own_writer(
    engine: FolderEngine, tmp_path: Path
) -> None:
    documents = random_documents(3000)  # enough for lists of several blocks
    put_all(engine, documents)
    (tmp_path / "stock").mkdir()
    schema = fields.Schema(path=fields.ID(stored=True), words=fields.KEYWORD(scorable=True))
    stock = index.create_in(str(tmp_path / "stock"), schema)
    writer = stock.writer()
    for name, words in documents.items():
        writer.add_document(path=name, words=" ".join(words))
    writer.commit()

    ours = index.open_dir(str(data(engine)))  # the schema as it was pickled: Whoosh's classes
    for model in (scoring.BM25F(), scoring.TF_IDF(), scoring.Frequency()):
        with ours.searcher(weighting=model) as here, stock.searcher(weighting=model) as there:
            for sought in ("国土", "词7", "国土 空间", "词3 词30 丽水"):
                terms = [query.Term("words", word) for word in sought.split()]
                for asked in (query.And(terms), query.Or(terms)):
                    got = {hit.docnum: hit.score for hit in here.search(asked, limit=None)}
                    want = {hit.docnum: hit.score for hit in there.search(asked, limit=None)}
                    assert got == pytest.approx(want)
                    assert got


@pytest.mark.parametrize("count", [0, 1, 3000, 40_000])  # places of two and of four bytes
def test_whoosh_finds_each_term_and_their_order(tmp_path: Path, count: int) -> None:
    storage = FileStorage(str(tmp_path))
    writer = TermsWriter(storage.create_file("terms"))
    first, second = writer.start_field("a"), writer.start_field("b")
    terms = {first + b"%06d" % number: b"%d" % number for number in range(count)}
    terms[second + "国土".encode()] = b""
    for key, value in terms.items():
        writer.add(key, value)
    with pytest.raises(ValueError, match="cannot follow"):
        writer.add(first + b"0", b"")
    writer.close()
    with closing(OrderedHashReader(storage.open_file("terms"))) as reader:
        assert reader.extras["fieldmap"] == {"a": 0, "b": 1}
        assert list(reader.items()) == list(terms.items())
        chance = random.Random(count)
        for key in chance.sample(list(terms), min(count, 500)):
            assert reader[key] == terms[key]
            assert reader.closest_key(key[:-1]) == min(
                other for other in terms if other >= key[:-1]
            )
        assert second + b"0" not in reader


def mark_says(index: FolderEngine, **said: object) -> None:
    """Let `lsq.json` say this besides, or nothing of what is None, as lsq would write it."""
    path = Path(index.location, "lsq.json")
    values = json.loads(path.read_text("utf-8")) | said
    del values["check"]
    values = {name: value for name, value in values.items() if value is not None}
    check = f"{crc32(json.dumps(values, sort_keys=True).encode()):08x}"
    path.write_text(json.dumps(values | {"check": check}), "utf-8")


def test_an_index_names_its_store(engine: FolderEngine) -> None:
    put_all(engine, {"a.txt": ["国土"]})
    assert json.loads(Path(engine.location, "lsq.json").read_text("utf-8"))["engine"] == "whoosh"
    mark_says(engine, engine=None)  # as before there was a choice
    with open_engine(engine.location) as reopened:
        assert reopened.article_count() == 1


def test_an_unknown_store_is_reported(engine: FolderEngine) -> None:
    put_all(engine, {"a.txt": ["国土"]})
    mark_says(engine, engine="stone")
    with pytest.raises(ForeignIndexError, match=r"stone.*whoosh.*--rebuild"):
        open_engine(engine.location)
    with open_engine(engine.location, damaged=True) as again:
        with again.rebuild():
            pass
        assert again.article_count() == 0
    with open_engine(engine.location) as reopened:
        assert reopened.article_count() == 0
    mark_says(engine, engine=["whoosh"])
    with pytest.raises(DamagedError):
        open_engine(engine.location)


def test_small_updates_do_not_pile_up_segments(engine: FolderEngine) -> None:
    documents = random_documents(70)
    for name, words in documents.items():
        put_all(engine, {name: words})
    assert sum(segments(engine)) == 70
    assert len(segments(engine)) <= 3 * 4  # three of each size up to 4³
    for word in WORDS:
        expected = {name for name, words in documents.items() if word in "".join(words)}
        assert names(engine, word) == expected


def test_merging_changes_no_score(engine: FolderEngine, tmp_path: Path) -> None:
    documents = random_documents(40)
    for name, words in documents.items():
        put_all(engine, {name: words})
    with FolderEngine(str(tmp_path / "at-once"), store_of, create=True) as other:
        put_all(other, documents)
        asked = Chunk("国土空间", ("国土", "空间"))
        here, there = engine.search(asked), other.search(asked)
        assert [match.score for match in here.best] == pytest.approx(
            [match.score for match in there.best]
        )
        assert [Path(match.path).name for match in here.best] == [
            Path(match.path).name for match in there.best
        ]


def test_the_space_of_replaced_articles_is_freed(engine: FolderEngine) -> None:
    documents = random_documents(100)
    put_all(engine, documents)
    size = sum(path.stat().st_size for path in data(engine).iterdir())
    for _ in range(10):
        put_all(engine, documents)
        used = sum(path.stat().st_size for path in data(engine).iterdir())
        assert used <= 2 * size
    assert engine.article_count() == 100
    with engine.update() as update:
        for name in documents:
            update.drop(name)
    assert segments(engine) == []
    assert not list(data(engine).glob("*.text"))


def test_a_long_change_is_committed_in_pieces(
    engine: FolderEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "FLUSH", 500)
    documents = random_documents(50)
    with pytest.raises(KeyError):
        put_all(engine, documents, then=KeyError)
    with FolderEngine(engine.location, store_of) as reopened:
        assert 0 < reopened.article_count() < 50
    put_all(engine, documents)
    assert engine.article_count() == 50


def test_no_unneeded_file_is_left(engine: FolderEngine) -> None:
    put_all(engine, {"a.txt": ["国土"]})
    (data(engine) / "orphan.tmp").write_bytes(b"")
    (data(engine) / "MAIN.tmp").mkdir()
    put_all(engine, {"b.txt": ["空间"]})
    left = {path.suffix for path in data(engine).iterdir()}
    assert left == {".toc", ".seg", ".text", ".words"}


KINDS = ["seg", "text", "signatures"]


def test_signatures_come_and_go_with_their_segments(
    engine: FolderEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all(engine, {"0.txt": ["国土"]})
    assert engine.state().signatures == 0  # so little text is looked through as fast without
    monkeypatch.setattr(signatures, "LEAST", 0)
    monkeypatch.setattr(signatures, "MANY", 1)
    documents = random_documents(40)
    for name, words in documents.items():
        put_all(engine, {name: words})
        made = [{file.stem for file in data(engine).glob(f"*.{kind}")} for kind in KINDS]
        assert made == [made[0]] * len(KINDS)
    assert len(segments(engine)) < 20
    state = engine.state()
    files = list(data(engine).iterdir())
    assert state.total == sum(file.stat().st_size for file in files)
    assert state.signatures == sum(file.stat().st_size for file in data(engine).glob("*.sig*"))
    for word in WORDS:
        expected = {name for name, words in documents.items() if word in "".join(words)}
        assert names(engine, word) == expected


def test_a_few_values_of_a_column_are_read_one_by_one(
    engine: FolderEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all(engine, {f"{number}.txt": ["规划"] * (number % 7) for number in range(1200)})
    (segment,) = engine._snapshot.segments
    expected = {number: segment.column("path")[number] for number in range(0, 1200, 60)}
    monkeypatch.setattr(columns, "_ONE_BY_ONE", 0)
    for name in ("path", "article", "spaces"):
        all_at_once = segment.column(name)
        monkeypatch.setattr(columns, "_ONE_BY_ONE", 10)
        few = segment.column(name)
        for number in (0, 1, 700, 1198, 1199):
            assert few[number] == all_at_once[number]
        assert "_starts" not in vars(few)
        assert [few[number] for number in range(1200)] == [all_at_once[n] for n in range(1200)]
        assert "_starts" in vars(few)
        monkeypatch.setattr(columns, "_ONE_BY_ONE", 0)
    assert {number: segment.column("path")[number] for number in expected} == expected
    monkeypatch.setattr(columns, "_ONE_BY_ONE", 10)
    for number in (-1, 1200):
        with pytest.raises(DamageError, match="no document"):
            segment.column("path")[number]


def test_a_search_for_a_literal_reads_no_other_article(engine: FolderEngine) -> None:
    put_all(engine, {f"{number}.txt": [f"第{number}号"] for number in range(1200)})
    (match,) = engine.search(Literal("第700号")).best
    (found,) = engine.found([match])
    assert found.article.path == match.path
    (segment,) = engine._snapshot.segments
    assert "live" not in vars(segment)
    with pytest.raises(DamageError, match="no such documents"):
        segment.alive([1200])


def test_memory_of_what_was_read_is_freed_and_it_can_be_read_again(
    engine: FolderEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all(engine, random_documents(50))
    (segment,) = engine._snapshot.segments
    file = segment.file
    assert isinstance(file, SegmentFile)

    def read() -> list[object]:
        words = [(word, list(postings)) for word, postings in file.words()]
        articles = segment.column("article")
        return [words, [articles[number] for number in range(50)]]

    before = read()
    kept = file._packed._blocks
    assert len(kept) > 2
    file.forget()
    assert not kept
    monkeypatch.setattr(file._packed, "_kept", 2)
    assert read() == before
    assert len(kept) <= 2


def test_memory_of_the_hits_read_is_freed(
    engine: FolderEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all(engine, {f"{number}.txt": ["规划"] for number in range(5)})
    hits = engine.search(Everything()).best
    read = 0
    forgotten: list[int] = []
    monkeypatch.setattr("lsq.engines.folder.engine.FORGET", 2)
    monkeypatch.setattr(Snapshot, "forget", lambda _: forgotten.append(read))
    for read, found in enumerate(engine.found(hits), 1):  # the lambda's
        assert found.article.path == hits[read - 1].path
    assert read == 5
    assert forgotten == [0, 2, 4]


def test_a_long_header_of_terms_is_read_whole(
    engine: FolderEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all(engine, {"a.txt": ["国土", "规划"]})
    for size in (0, 1, 50):
        monkeypatch.setattr("lsq.engines.whoosh.segment_file._ABOUT", size)
        with Snapshot(engine._mark.data, engine._store) as snapshot:
            assert snapshot.doc_freq("规划") == 1


def test_cached_results_are_dropped(engine: FolderEngine) -> None:
    put_all(engine, {f"{number}.txt": [f"第{number}条"] for number in range(200)})
    for number in range(200):
        assert engine.count(Literal(f"第{number}条")) == 1
        assert len(engine.search(Literal(f"{number}条")).best) >= 1
    (segment,) = engine._snapshot.segments
    assert len(segment._found) <= KEPT + 1


def test_no_line_is_lost_in_a_merge(engine: FolderEngine) -> None:
    bodies = {f"{number}.txt": "国\n土 \n\n 空间" + "规\n划" * number for number in range(20)}
    for name, body in bodies.items():
        put_all(engine, {name: [body]})
    assert len(segments(engine)) < 20
    with Snapshot(engine._mark.data, engine._store) as snapshot:
        texts = {segment.lined(number) for segment in snapshot.segments for number in segment.live}
    assert texts == {f"\n{body}" for body in bodies.values()}


FEW = st.integers(1, 3).map(lambda byte: bytes([byte]))


def plain_find(
    text: bytes | bytearray, sought: bytes, start: int = 0, end: int = sys.maxsize
) -> int:
    """As without StringZilla."""
    return text.find(sought, start, end)


@pytest.mark.parametrize("find", [vector_find, plain_find])
@given(
    st.lists(st.lists(FEW, max_size=30).map(b"".join)),
    st.lists(FEW, min_size=1, max_size=4).map(b"".join),
    st.integers(1, 50),
)
def test_texts_are_found_and_returned(
    tmp_path_factory: pytest.TempPathFactory,
    find: Callable[[bytearray, bytes, int, int], int],
    texts: list[bytes],
    sought: bytes,
    window: int,
) -> None:
    path = tmp_path_factory.mktemp("texts") / "a.text"
    writer = TextWriter(str(path.parent), "a", ".tmp")
    for text in texts:
        writer.add(text)
    writer.close("a")
    with (
        pytest.MonkeyPatch.context() as patched,
        Texts(str(path), len(texts), window=window) as written,
    ):
        patched.setattr(texts_module, "find", find)
        assert [written[number] for number in range(len(texts))] == texts
        assert [written.size(number) for number in range(len(texts))] == list(map(len, texts))
        expected = [number for number, text in enumerate(texts) if sought in text]
        assert written.containing(sought) == expected
        for some in subsets(len(texts)):
            assert some & set(expected) <= set(written.containing(sought, some)) <= set(expected)


def subsets(count: int) -> Iterator[frozenset[int]]:
    """Some sets of the first numbers: none, each alone, every second, all."""
    yield frozenset()
    yield from (frozenset([number]) for number in range(count))
    yield frozenset(range(0, count, 2))
    yield frozenset(range(count))


def test_texts_are_searched_without_stringzilla() -> None:
    program = (
        "import sys; sys.modules['stringzilla'] = None\n"
        "from lsq.text.find import count, find\n"
        "print(find(bytearray(b'abc'), b'c', 0, 3), find(b'abc', b'd'), count(b'aaa', b'aa'))"
    )
    assert python("-c", program).stdout == "2 -1 1\n"


SIZES = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK]


@pytest.mark.parametrize("size", SIZES)
def test_a_sealed_file_returns_what_was_written(tmp_path: Path, size: int) -> None:
    content = random.Random(size).randbytes(size)
    path = tmp_path / "a"
    path.write_bytes(content)
    seal(str(path))
    with closing(Sealed(str(path))) as sealed:
        assert sealed.size == size
        for start in range(0, size + 1, 997):
            for length in (0, 1, BLOCK, size - start):
                if start + length <= size:
                    assert sealed.read(start, length) == content[start : start + length]
        for start, length in ((0, size + 1), (size, 1), (-1, 1), (0, -1)):
            with pytest.raises(ValueError, match="there are no bytes"):
                sealed.read(start, length)


@pytest.mark.parametrize("size", SIZES)
def test_a_flipped_bit_of_a_sealed_file_is_detected(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(size))
    seal(str(path))
    sound = path.read_bytes()
    # Every bit of what the seal adds; of the content, some of every block.
    for at in [*range(0, size, 101), *range(size, len(sound))]:
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 1 << at % 8]) + sound[at + 1 :])
        with pytest.raises(ValueError, match=str(path)), closing(Sealed(str(path))) as sealed:
            sealed.read(0, sealed.size)


def test_other_blocks_than_a_damaged_one_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(3 * BLOCK))
    seal(str(path))
    content = bytearray(path.read_bytes())
    content[BLOCK] = 1
    path.write_bytes(content)
    with closing(Sealed(str(path))) as sealed:
        assert sealed.read(0, BLOCK) == sealed.read(2 * BLOCK, BLOCK) == bytes(BLOCK)
        with pytest.raises(ValueError, match="damaged between 4096 and 8192"):
            sealed.read(BLOCK - 1, 2)


def test_a_sealed_file_under_the_name_of_another_is_detected(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"the same")
        seal(str(tmp_path / name))
    (tmp_path / "a").replace(tmp_path / "b")
    with pytest.raises(ValueError, match="another file's"):
        Sealed(str(tmp_path / "b"))
