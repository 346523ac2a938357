"""Measure how many pages of PDFs per second lsq reads, beside its library alone.

lsq, from bytes to articles, and PDFium, the plain text of each page, run in the same process;
pdftotext, where it is installed, is one process per file.
"""

import shutil
import subprocess
import time
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.bars import Bar
from benchmarks.recovered import articles_of, fail, read
from lsq.errors import ReadError

PAGES_A_SECOND = 40
TIMES_PDFIUM = 4
_ONE = "{:.1f}".format


def pace(folder: Path) -> list[Bar]:
    """Bars over the PDFs of `folder` that have text on their pages."""
    pages = 0
    ours = bare = 0.0
    tool = shutil.which("pdftotext")
    theirs = 0.0
    for path in sorted(folder.rglob("*.pdf")):
        start = time.process_time()
        try:
            articles_of(read(path))
        except ReadError as error:
            fail("no text PDF", error)
            continue
        ours += time.process_time() - start
        start = time.process_time()
        pages += _plain(path)
        bare += time.process_time() - start
        if tool:
            start = time.perf_counter()
            subprocess.run([tool, str(path), "-"], stdout=subprocess.DEVNULL, check=False)
            theirs += time.perf_counter() - start
    said = "PDFs, from bytes to articles: "
    found = [
        Bar(
            f"{said}pages a second",
            pages / ours if ours else None,
            PAGES_A_SECOND,
            None,
            _ONE,
            at_least=True,
        ),
        Bar(
            f"{said}times PDFium's plain text",
            ours / bare if bare else None,
            TIMES_PDFIUM,
            None,
            _ONE,
        ),
    ]
    if tool:
        found.append(Bar("PDFs, pdftotext: pages a second", pages / theirs, None, None, _ONE))
    return found


def _plain(path: Path) -> int:
    """Extract the plain text of all pages with PDFium; return their number."""
    document = pdfium.PdfDocument(path.read_bytes())
    try:
        for page in document:
            textpage = page.get_textpage()
            textpage.get_text_range(errors="replace")
            textpage.close()
            page.close()
        return len(document)
    finally:
        document.close()
