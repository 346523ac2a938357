"""PDFs made to cost time or to fall over: each gives text, or a reason, and costs itself.

What needs the bounds of a process (forms that draw themselves) is for `test_workers.py`.
"""

from collections.abc import Sequence

import pytest

from lsq.errors import ReadError
from lsq.readers import pdf
from lsq.readers.layout import PageContent, Rule, Run, lay_out, to_lines
from tests.readers.samples import numbered

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"


def document(content: str, box: str = "0 0 595 842", more: str = "") -> bytes:
    """A PDF of one page with that content."""
    return numbered(
        [
            CATALOG,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {more}"
                " /Resources << /Font << /F 5 0 R >> >> >>"
            ),
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
            FONT,
            "<< /Type /Annot /Subtype /FreeText /Rect [0 0 100 100] /Contents (a note of it) >>",
        ]
    )


def tree(*nodes: str) -> bytes:
    """A PDF whose pages are these, from object 2 on."""
    return numbered([CATALOG, *nodes])


WORDS = "BT /F 10 Tf 100 100 Td (some words of a text) Tj ET"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            tree("<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", "<< /Type /Page >>"),
            id="claims two thousand million pages",
        ),
        pytest.param(
            tree(
                "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 5 >>",
                "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 5 >>",
            ),
            id="pages in a circle",
        ),
        pytest.param(
            tree(
                *(f"<< /Type /Pages /Kids [{n} 0 R] /Count 1 >>" for n in range(3, 2003)),
                "<< /Type /Page /MediaBox [0 0 9 9] >>",
            ),
            id="pages two thousand levels deep",
        ),
        pytest.param(document("q " * 200_000 + WORDS), id="states saved 200,000 times"),
        pytest.param(document("[" * 50_000 + "]" * 50_000 + " TJ " + WORDS), id="deep arrays"),
        pytest.param(document(WORDS, box="0 0 1e30 1e30"), id="a page of any size"),
        pytest.param(document(WORDS, box="0 0 0 0"), id="a page of no size"),
        pytest.param(
            document("BT /F 1e30 Tf 1e30 1e30 -1e30 1e30 1e38 1e38 Tm (some words) Tj ET"),
            id="matrices that overflow",
        ),
        pytest.param(document(WORDS.replace("10 Tf", "0.0001 Tf")), id="type too small to be seen"),
        pytest.param(
            document(WORDS, more="/Annots [" + "6 0 R " * 20_000 + "]"), id="20,000 annotations"
        ),
        pytest.param(
            document("BT /F 10 Tf 9 9 Td " + "(a) Tj 0 0 Td " * 5_000 + "ET"), id="overprint"
        ),
    ],
)
def test_a_hostile_pdf_gives_text_or_a_reason(data: bytes) -> None:
    told = ""
    try:
        lines = pdf.read("a.pdf", data).lines
    except ReadError as error:
        lines, told = (), error.reason
    assert bool(told) is not any(line.text.strip() for line in lines)


def scattered(count: int) -> list[Run]:
    """Characters in no order, each a little apart from all others."""
    cells = [(13 * n % 57, 7 * n % 82) for n in range(count)]
    return [Run("字", 10 + 10 * x, 16 + 10 * x, 20 + 10 * y, 6.0) for x, y in cells]


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [Rule(x, 0, x + 0.3, 842) for x in range(0, 590, 2)],
        [Rule(n % 500, 3 * n % 800, n % 500 + 300, 3 * n % 800 + 1) for n in range(3_000)],
    ],
    ids=["without rules", "between upright rules", "between rules of any length"],
)
def test_no_character_of_a_scattered_page_is_lost(rules: Sequence[Rule]) -> None:
    runs = scattered(1_500)
    lines = to_lines(lay_out([PageContent(595.0, 842.0, runs, list(rules))]))
    assert sum(line.text.count("字") for line in lines) == len(
        {(run.left, run.base) for run in runs}
    )
