"""The program on a cluster: the same commands and output as with a folder."""

import json
import os
import shutil
from pathlib import Path

import pytest

from lsq import open_index
from lsq.indexing import Progress
from lsq.indexing.indexer import Options
from tests.conftest import FIRST, SECOND, Program
from tests.readers.samples import docx, paragraph


@pytest.fixture
def url(cluster_url: str, fresh: Program, request: pytest.FixtureRequest) -> str:
    """An index of the seeds, which is new for each test."""
    name = f"{cluster_url}program-{abs(hash(request.node.nodeid)):x}"
    ran = run(fresh, "index", "seeds/", "-i", name)
    assert ran == f"{name}: files: 2 added; articles: 3;"
    return name


@pytest.fixture(scope="module")
def searched(cluster_url: str, lsq: Program) -> str:
    """An index of the seeds like that in the folder of `lsq`; only to search in."""
    name = f"{cluster_url}program-searched"
    assert run(lsq, "index", "seeds/", "-i", name) == f"{name}: files: 2 added; articles: 3;"
    return name


def run(program: Program, *args: str, code: int = 0, **environment: str) -> str:
    """What it prints; of what it tells besides, all but how long it took."""
    cache = {"XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
    ran = program(*args, **cache, **environment)
    assert ran.returncode == code, ran.stderr
    told = ran.stderr.strip().rsplit(" ", 2)[0] if ran.stderr.endswith(" s\n") else ran.stderr
    return ran.stdout or told


@pytest.mark.parametrize(
    "args",
    [
        ["search", "国土空间规划"],
        ["search", '"绿水青山就是金山银山" -超市', "--format", "jsonl"],
        ["search", "同句(百山祖 国家公园) OR /“[^”]{2,4}”/", "--format", "json"],
        ["search", "--any", "百山祖国家公园在哪里", "-n", "1"],
        ["search", "*", "--sort", "-date"],
        ["search", "-l", "浙西南"],
        ["search", "-c", "丽水"],
        ["search", "title:超市", "--explain"],
        ["show", f"{FIRST}#1"],
        ["show", SECOND, "--format", "terminal", "--highlight", "百山祖公园", "--color", "always"],
    ],
    ids=" ".join,
)
def test_the_output_is_that_of_a_folder(lsq: Program, searched: str, args: list[str]) -> None:
    of_folder, of_cluster = run(lsq, *args), run(lsq, *args, "-i", searched)
    if args[-1] in {"json", "jsonl"}:  # scores agree in five digits
        assert without_scores(of_cluster) == without_scores(of_folder)
    else:
        assert of_cluster == of_folder


def without_scores(output: str) -> list[object]:
    records = [json.loads(line) for line in output.splitlines()]
    for record in records:
        for hit in record.get("hits", [record]):
            hit["score"] = round(hit["score"], 5)
    return records


def test_files_are_added_changed_and_dropped(fresh: Program, url: str) -> None:
    again = run(fresh, "index", "seeds/", "-i", url)
    assert again == f"{url}: files: 2 unchanged; articles: 3;"
    (fresh.folder / SECOND).write_text("海洋规划。\n", "utf-8")
    run(fresh, "index", "seeds/", "-i", url)
    assert run(fresh, "search", "-l", "海洋", "-i", url) == f"{SECOND}\n"
    (fresh.folder / FIRST).unlink()
    run(fresh, "index", "seeds/", "-i", url)
    assert run(fresh, "search", "-l", "*", "-i", url) == f"{SECOND}\n"
    run(fresh, "forget", SECOND, "-i", url)
    assert run(fresh, "search", "-c", "*", "-i", url, code=1) == "0\n"


def test_a_rebuild_with_user_words(fresh: Program, url: str) -> None:
    (fresh.folder / "words.txt").write_text("浙西南革命精神 100\n丽水“十四五”\n", "utf-8")
    run(fresh, "index", "--rebuild", "--user-dict", "words.txt", "seeds/", "-i", url)
    assert run(fresh, "search", "-c", "浙西南革命精神", "-i", url) != "0\n"
    # The dictionary goes with a copy.
    run(fresh, "copy", url, "index/")
    for query in ("浙西南革命精神", "丽水“十四五”怎么干"):
        copied = run(fresh, "search", query, "--explain-id", f"{SECOND}#1")
        assert copied == run(fresh, "search", query, "--explain-id", f"{SECOND}#1", "-i", url)
    assert '丽水"十四五"' in copied


@pytest.mark.parametrize("left", [b"", b"lsq dictionary 1", b"cut short"])
def test_an_unusable_cached_dictionary_is_fetched_again(
    fresh: Program, url: str, left: bytes
) -> None:
    kept = list(Path(os.environ["XDG_CACHE_HOME"]).rglob("dictionaries/*"))
    assert kept
    for file in kept:
        file.write_bytes(left if left != b"cut short" else file.read_bytes()[:-1])
    assert run(fresh, "search", "-c", "国土空间规划", "-i", url) == "1\n"


def test_a_copy_can_be_updated(fresh: Program, cluster_url: str) -> None:
    url = f"{cluster_url}program-copy"
    run(fresh, "index", "seeds/")
    run(fresh, "copy", "index/", url)
    assert "2 unchanged" in run(fresh, "index", "seeds/", "-i", url)
    assert "replace them with --replace" in run(fresh, "copy", "index/", url, code=2)
    run(fresh, "copy", "index/", url, "--replace")
    assert run(fresh, "search", "-c", "*", "-i", url) == "3\n"


def test_the_root_of_paths_can_be_changed(fresh: Program, url: str) -> None:
    (fresh.folder / "moved").mkdir()
    shutil.move(fresh.folder / "seeds", fresh.folder / "moved")
    root = str(Path(fresh.folder, "moved"))
    found = run(fresh, "search", "-l", "超市", "-i", url, LSQ_ROOT=root)
    assert found == f"moved/{FIRST}\n"
    assert "2 unchanged" in run(fresh, "index", "moved/", "-i", url, LSQ_ROOT=root)


def test_a_missing_index_is_reported(fresh: Program, cluster_url: str) -> None:
    said = run(fresh, "search", "超市", "-i", f"{cluster_url}nothing", code=2)
    assert said == f"lsq: no index at {cluster_url}nothing; make one with: lsq index PATH…\n"


def test_a_search_reports_an_unfinished_first_run(
    fresh: Program, cluster_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(fresh.folder)
    location = f"{cluster_url}first"

    def killed(_: Progress) -> None:
        looked.append(told())
        raise KeyboardInterrupt

    def told() -> str:
        cache = {"XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
        return fresh("search", "国土", "-i", location, **cache).stderr

    looked: list[str] = []
    with open_index(location) as index:
        with pytest.raises(KeyboardInterrupt):
            index.update(["seeds"], Options(tell=killed))
        assert "the index is not complete yet" in looked[0]
        assert "the index is not complete yet" in told()
        index.update(["seeds"])
        assert not index.is_incomplete
    assert "not complete" not in told()


def test_unreadable_files_are_listed(fresh: Program, url: str) -> None:
    bad, good = fresh.folder / "seeds" / "bad.pdf", fresh.folder / "seeds" / "good.docx"
    bad.write_text("no PDF", "utf-8")
    good.write_bytes(docx(paragraph("国土空间规划")))
    run(fresh, "index", "seeds/", "-i", url, code=2)
    assert run(fresh, "info", "--failed", "-i", url).startswith("seeds/bad.pdf: damaged")
    (fresh.folder / FIRST).rename(fresh.folder / "seeds" / "a.pdf")
    (fresh.folder / "seeds" / "a.pdf").write_text("no PDF", "utf-8")
    good.write_text("no docx", "utf-8")
    bad.unlink()
    run(fresh, "index", "seeds/", "-i", url, code=2)
    listed = run(fresh, "info", "--failed", "-i", url).splitlines()
    assert [line.split(": ")[0] for line in listed] == ["seeds/a.pdf", "seeds/good.docx"]
    assert run(fresh, "search", "-l", "*", "-i", url) == f"{SECOND}\nseeds/good.docx\n"
