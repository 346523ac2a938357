"""Measure what is recognised on scanned pages whose articles and paragraphs are known.

OCR misreads some characters in a thousand, so an article is found if most pieces of each of its
paragraphs are; a paragraph or a title counts as whole only if it is exactly as printed. Every other
file was used to choose constants; both halves are reported, and the bars are for all.

Times are processor times with an empty cache, beside those of the library alone, with its defaults,
for pictures of the same pages.
"""

import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bars import Bar
from benchmarks.pages import Tally, substrings
from benchmarks.recovered import articles_of, fail, key, read
from lsq.errors import ReadError
from lsq.model import Article
from lsq.readers import ocr

SHORTEST, LONGEST = 4, 8
SEED = 20201014

# A text contains a paragraph if it contains this share of its pieces of this length.
PIECE = 6
MOST = 0.8

SLOWEST = 1.15

SUBSTRINGS = "substrings of 4 to 8"
BARS = {SUBSTRINGS: 0.96, "paragraphs whole": 0.40, "titles": 0.85, "articles apart": 0.85}


def scans(folder: Path) -> list[Bar]:
    """The bars for all files below `folder`, then for both halves, then for the time."""
    every, halves = Tally(), (Tally(), Tally())
    ours = alone = 0.0
    pages = 0
    if not ocr.is_active():
        return [Bar("absent: OCR is not installed", None, None, None, str)]
    with _empty_cache():
        for number, path in enumerate(sorted(folder.glob("*.json"))):
            start = time.process_time()
            articles = _recognised(path.with_suffix(".pdf"))
            ours += time.process_time() - start
            seconds, count = _by_the_library(path.with_suffix(".pdf"))
            alone, pages = alone + seconds, pages + count
            compare(path, articles, [every, halves[number % 2]])
    found = [every.bar("", what, wanted) for what, wanted in BARS.items()]
    for half, said in zip(halves, ("looked at: ", "not looked at: "), strict=True):
        found += [half.bar(said, what, wanted) for what, wanted in BARS.items()]
    times = Bar("time, times the library alone", ours / alone, SLOWEST, None, "{:.2f} ×".format)
    each = [("seconds a page", ours / pages), ("… of the library alone", alone / pages)]
    return [*found, times, *(Bar(said, one, None, None, "{:.1f} s".format) for said, one in each)]


@contextmanager
def _empty_cache() -> Iterator[None]:
    """Use an empty cache of recognised pages."""
    before = os.environ.get("XDG_CACHE_HOME")
    with TemporaryDirectory(prefix="lsq-") as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ["XDG_CACHE_HOME"]
            else:
                os.environ["XDG_CACHE_HOME"] = before


def _recognised(path: Path) -> tuple[Article, ...]:
    try:
        return articles_of(read(path))
    except ReadError as error:
        fail("unread", error)
        return ()


def _by_the_library(path: Path) -> tuple[float, int]:
    """The processor seconds of the library for the pages of a file, and their number."""
    import numpy as np
    import pypdfium2 as pdfium
    from rapidocr import RapidOCR

    from lsq.readers.ocr import scale

    threads = {"EngineConfig.onnxruntime.intra_op_num_threads": 1}
    library = RapidOCR(params={"Global.log_level": "critical", **threads})
    seconds = 0.0
    document = pdfium.PdfDocument(path)
    library(np.zeros((100, 100, 3), np.uint8))  # loads its models
    for page in document:
        start = time.process_time()
        bitmap = page.render(scale=scale(*page.get_size()))
        library(bitmap.to_numpy())
        seconds += time.process_time() - start
    return seconds, len(document)


def compare(path: Path, articles: tuple[Article, ...], tallies: list[Tally]) -> None:
    """Count what was recognised in a file; `path` is that of its truth."""

    def count(what: str, right: bool, *details: object) -> None:
        for tally in tallies:
            tally.count(what, right)
        if not right:
            fail(what, path.stem, truth["kind"], *details)

    truth = json.loads(path.read_text("utf-8"))
    chance = random.Random(f"{SEED} {path.stem}")  # noqa: S311 (no secret, a fixed sample)
    bodies = [[key(line) for line in article.body.split("\n")] for article in articles]
    titles = {key(article.title) for article in articles}
    texts = [
        "\n".join([key(one.title), *lines]) for one, lines in zip(articles, bodies, strict=True)
    ]
    wanted = [[key(one) for one in piece["paragraphs"]] for piece in truth["articles"]]
    for piece, paragraphs in zip(truth["articles"], wanted, strict=True):
        count("titles", key(piece["title"]) in titles, piece["title"], [a.title for a in articles])
        for paragraph in paragraphs:
            whole = any(paragraph in line for lines in bodies for line in lines)
            count("paragraphs whole", whole, paragraph[:20], "…", paragraph[-20:])
        others = [one for other in wanted if other is not paragraphs for one in other]
        count("articles apart", _is_apart(paragraphs, others, texts), piece["title"])
    every = [one for paragraphs in wanted for one in paragraphs]
    everything = "\n".join(texts)
    for drawn in substrings(every, chance, SHORTEST, LONGEST):
        count(SUBSTRINGS, drawn in everything, drawn)


def _is_apart(paragraphs: list[str], others: list[str], texts: list[str]) -> bool:
    """Whether some article consists of these paragraphs, without any of the others."""
    return any(
        all(_is_in(one, text) for one in paragraphs)
        and not any(_is_in(one, text) for one in others)
        for text in texts
    )


def _is_in(paragraph: str, text: str) -> bool:
    """Whether a text contains most pieces of a paragraph."""
    pieces = [paragraph[at : at + PIECE] for at in range(0, len(paragraph), PIECE)]
    return sum(piece in text for piece in pieces) >= MOST * len(pieces)
