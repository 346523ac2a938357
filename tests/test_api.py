"""The public API: everything in `lsq.__all__`."""

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import lsq
from lsq import errors
from lsq.search.request import Matching, SearchRequest


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[lsq.Index]:
    monkeypatch.chdir(tmp_path)
    Path("texts").mkdir()
    for number in range(1, 6):
        Path(f"texts/{number}.txt").write_text(f"第{number}份关于国土空间规划的通知。\n", "utf-8")
    with lsq.open_index("index") as opened:
        opened.update(["texts"])
        yield opened


def test_everything_named_is_there() -> None:
    assert lsq.__all__ == sorted(lsq.__all__)
    assert set(dir(lsq)) == {*lsq.__all__, "__version__"}
    assert all(getattr(lsq, name).__module__.startswith("lsq.") for name in lsq.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = lsq.nonsense


def test_every_exception_is_named() -> None:
    exceptions = {
        name
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, errors.LsqError)
    }
    assert exceptions <= set(lsq.__all__)


def test_results_are_a_sequence(index: lsq.Index) -> None:
    results = index.search("国土空间规划", offset=1, limit=3)
    hits = list(results)
    assert isinstance(results, Sequence)
    assert (results.total, len(results)) == (5, 3)
    assert [hit.rank for hit in hits] == [2, 3, 4]
    assert [results[number] for number in range(3)] == hits
    assert results[-1] == hits[-1]
    assert results[1:] == hits[1:]
    assert results[::-1] == hits[::-1]
    assert hits[1] in results
    assert list(reversed(results)) == hits[::-1]
    with pytest.raises(IndexError):
        _ = results[3]


def test_no_results_are_false(index: lsq.Index) -> None:
    assert not index.search("养狗")
    assert index.count("养狗") == 0


def test_an_article_is_got_by_its_id(index: lsq.Index) -> None:
    hit = index.search("第3份")[0]
    assert index.article(hit.article.id) == hit.article
    with pytest.raises(lsq.UnknownIdError, match=r"texts/9\.txt#1"):
        index.article("texts/9.txt#1")


def test_filters_take_lists(index: lsq.Index) -> None:
    assert index.count("国土", filters=lsq.Filters(path=["texts/1.txt", "texts/2.txt"])) == 2


def test_a_query_that_is_none_is_refused(index: lsq.Index) -> None:
    with pytest.raises(lsq.QueryError):
        index.search("")


# The methods that take the keywords of `Matching`, each with what it needs besides.
TAKING = {
    "search": ("国土",),
    "count": ("国土",),
    "kwic": ("国土",),
    "trends": (),
    "facets": ("国土",),
    "explain": ("国土", "texts/1.txt#1"),
    "hints": ("国土",),
}


@pytest.mark.parametrize("method", TAKING)
def test_a_method_describes_the_keywords_it_takes_and_refuses_others(
    index: lsq.Index, method: str
) -> None:
    called = getattr(index, method)
    described = inspect.getdoc(called) or ""
    defaults = {name: SearchRequest._field_defaults[name] for name in Matching.__annotations__}
    assert len(defaults) == 4
    for name, default in defaults.items():
        assert f"\n{name}: default {default}; " in described
    assert called(*TAKING[method], **defaults) is not None
    with pytest.raises(TypeError, match="any_words"):
        called(*TAKING[method], any_words=True)


def test_what_is_not_there_is_not_searched(tmp_path: Path) -> None:
    with lsq.open_index(str(tmp_path / "typo")) as opened, pytest.raises(lsq.NoIndexError):
        opened.search("国土")
    assert not list(tmp_path.iterdir())


def test_an_index_says_what_it_is(index: lsq.Index) -> None:
    info = index.info()
    assert (info.engine, info.files, info.articles) == ("whoosh", 5, 5)
    assert info.bytes is not None
    assert info.bytes > 0
    assert (info.first_date, info.last_date) == (None, None)
    Path("texts/a.jpg").write_bytes(b"\xff\xd8")
    for number, date in enumerate(("2020年8月26日", "2021年3月1日")):
        notice = f"工作简报\n\n{'全市防汛工作会议在丽水召开。' * 5}\n\n{date}\n"
        Path(f"texts/notice{number}.txt").write_text(notice, "utf-8")
    index.update(["texts"])
    info = index.info()
    assert (info.files, info.skipped) == (7, {"picture": 1})
    assert (info.first_date, info.last_date) == ("2020-08-26", "2021-03-01")
