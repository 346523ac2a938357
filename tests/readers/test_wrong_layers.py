"""Text that somebody's OCR wrote over a scanned page: whether it is right, and what is done."""

import random
import re
from collections.abc import Callable

import pytest

from lsq.model import Bulletin
from lsq.readers import ocr, read_data
from lsq.readers.judging import Defect, judge
from lsq.readers.layout import PageContent, Run
from lsq.repair import repair
from lsq.segment.strangeness import FEWEST, strangeness
from tests.conftest import SEEDS
from tests.readers.samples import printed
from tests.recognising import Recogniser, recogniser

__all__ = ["recogniser"]

IDEOGRAPH = re.compile("[一-鿿]")
TEXT = "".join("".join(path.read_text("utf-8").split()) for path in sorted(SEEDS.iterdir()))[:900]
# Each is taken for the next: alike in shape, as a recogniser confuses them.
ALIKE = "明阴朋萌未末木本日曰目自白百千干于王主玉土士工人入八大太犬天夫关美政攻致故效教数敷散政"


def misread(text: str, share: float) -> str:
    """The text with so many of its ideographs taken for others that it has."""
    chosen = random.Random(1)
    others = sorted(set(IDEOGRAPH.findall(text)) | set(ALIKE))
    return IDEOGRAPH.sub(
        lambda match: chosen.choice(others) if chosen.random() < share else match[0], text
    )


BAD = misread(TEXT, 0.3)


def test_wrong_ideographs_make_a_text_strange() -> None:
    shares = [strangeness(misread(TEXT, share)) for share in (0.0, 0.05, 0.1, 0.2, 0.3)]
    assert shares == sorted(shares)
    assert shares[0] < 0.4
    assert shares[-1] - shares[0] > 0.15


def test_a_short_text_says_nothing() -> None:
    assert strangeness("曰阴木" * 3) == strangeness("") == 0.0
    assert strangeness("曰阴木末" * FEWEST) > 0.5


def test_traditional_text_is_no_stranger() -> None:
    table = str.maketrans("国业产义为这个时间问题现实发", "國業產義為這個時間問題現實發")
    assert strangeness(TEXT.translate(table)) == strangeness(TEXT)


@pytest.mark.parametrize(
    ("text", "pictured", "expected"),
    [
        (BAD, 1.0, Defect.LAYER),
        (BAD, 0.1, None),
        (TEXT, 1.0, None),
        ("其民之由也者曰焉" * 40, 1.0, None),
    ],
)
def test_a_strange_text_over_a_picture_is_no_text(
    text: str, pictured: float, expected: Defect | None
) -> None:
    assert judge(text, pictured, strangeness(text)) is expected


# A picture over the whole page; the recogniser of the tests takes it for page 3.
PICTURE = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q\n"
READING = "第三页国土空间规划"


def scanned(text: str) -> bytes:
    """A PDF of a scanned page, with a text over it."""
    runs = [
        Run(text[at : at + 40], 50, 450, 60 + 0.45 * at, 10.0) for at in range(0, len(text), 40)
    ]
    return printed([PageContent(595, 842, runs)], PICTURE)


def read(data: bytes, measure: Callable[[str], float], mode: str = "auto") -> Bulletin:
    assert mode in {"auto", "never"}
    settings = ocr.Settings("auto" if mode == "auto" else "never", strangeness=measure)
    with ocr.using(settings):
        (found,) = read_data("a.pdf", data)
    assert isinstance(found, Bulletin)
    return found


def said(bulletin: Bulletin) -> str:
    return "".join(one.text for one in repair(bulletin)).replace(" ", "")


@pytest.mark.parametrize(
    ("own", "recognised", "taken"),
    [
        (0.2, 0.1, None),  # not worth a second reading
        (0.4, 0.3, True),
        (0.4, 0.39, False),
        (0.5, 0.3, True),
        (0.5, 0.5, False),
    ],
)
def test_of_two_readings_the_better_is_taken(
    recogniser: Recogniser, own: float, recognised: float, taken: bool | None
) -> None:
    found = read(scanned(TEXT), lambda text: recognised if READING in text else own)
    assert recogniser.calls == ([] if taken is None else [3])
    assert (READING in said(found)) is (taken is True)
    assert found.recognised == ((1,) if taken else ())
    assert found.missing is None


def test_the_real_measure_tells_a_bad_layer(recogniser: Recogniser) -> None:
    assert READING in said(read(scanned(BAD), strangeness))
    assert recogniser.calls == [3]


def test_without_recognition_only_what_is_surely_wrong_is_told() -> None:
    assert "is not what they show (1)" in str(read(scanned(BAD), strangeness, "never").missing)
    assert read(scanned(TEXT), lambda _: 0.4, "never").missing is None
