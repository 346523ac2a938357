"""Output equals the results, however hostile; the real program is tested elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from lsq.output.linebreaks import width
from lsq.output.printable import escaped, sanitize


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("国土 空间", "国土 空间"),
        ("a\x1b[31mb\x9b", "a\ufffd[31mb\ufffd"),
        ("a\u202eb\u2066c\u2028d\ne", "a\ufffdb\ufffdc\ufffdd\ufffde"),
    ],
)
def test_a_terminal_gets_nothing_to_obey(text: str, shown: str) -> None:
    assert sanitize(text) == shown


def test_json_keeps_it_as_an_escape() -> None:
    assert escaped('{"a": "\x85\u202e国"}') == '{"a": "\\u0085\\u202e国"}'


@given(st.text())
def test_harmless_is_as_long_as_before(text: str) -> None:
    assert len(sanitize(text)) == len(text)


@given(st.text(alphabet="国土　，。“”ab 1é—…"))
def test_a_caret_is_placed_as_wide_as_rich_draws(text: str) -> None:
    assert width(text) == cell_len(text)
