"""The exit codes of the commands that count, and what they report."""

import pytest

from tests.conftest import Program

# An occurrence with no words to its left.
BEGINNING = ("-F", "胡海峰在讲话时指出", "--side", "left")


@pytest.mark.parametrize(
    ("args", "code", "reported"),
    [
        (["kwic", "百山祖"], 0, ""),
        (["kwic", "量子力学纲要"], 1, "no article contains"),
        (["kwic", "*"], 1, "nothing in their texts"),
        (["kwic", "--path", "seeds"], 1, "nothing in their texts"),
        (["kwic"], 2, "QUERY"),
        (["kwic", '"'], 2, ""),
        (["kwic", "丽水", "--sort", "best"], 2, "best"),
        (["trend", "丽水"], 0, ""),
        (["trend", "量子力学纲要"], 1, "no article contains"),
        (["trend", "量子力学纲要", "--versus", "丽水"], 0, ""),
        (["trend", '"'], 2, ""),
        (["trend", "丽水", "--by", "week"], 2, ""),
        (["facets", "丽水"], 0, ""),
        (["facets", "--kind", "通知"], 1, ""),
        (["facets", "量子力学纲要"], 1, ""),
        (["facets"], 2, ""),
        (["collocates", "丽水"], 0, ""),
        (["collocates", "量子力学纲要"], 1, "no article contains"),
        (["collocates", "百山祖"], 1, "--min 1 --min-articles 1"),
        (["collocates", *BEGINNING, "--min", "1"], 1, "--min 1 --min-articles 1"),
        (["collocates", *BEGINNING, "--min", "1", "--min-articles", "1"], 1, "than expected\n"),
        (["collocates", "--path", "seeds"], 1, "nothing in their texts"),
        (["collocates", '"'], 2, ""),
        (["collocates", "丽水", "--window", "0"], 2, ""),
        (["collocates", "丽水", "--measure", "mi"], 2, ""),
        (["phrases", "丽水", "--min-articles", "2"], 0, "characters"),
        (["phrases", "丽水", "--min-articles", "3"], 1, "--min-articles 2"),
        (["phrases", "丽水", "--path", "004", "--min-articles", "2"], 1, "is in 2 of them\n"),
        (["phrases", "丽水", "--path", "004", "--min-articles", "3"], 1, "is in 3 of them: try"),
        (
            ["phrases", "丽水", "--min-articles", "2", "--against", "量子力学纲要"],
            0,
            "no article to compare",
        ),
        (["phrases", "量子力学纲要"], 1, "no article contains"),
        (["phrases", "丽水", "--against", "before"], 2, "needs --since"),
        (["phrases", "丽水", "--against", '"'], 2, ""),
        (["phrases", "丽水", "--min-words", "9"], 2, ""),
        (["phrases"], 2, "QUERY"),
    ],
)
def test_the_exit_code_says_whether_something_was_found(
    lsq: Program, args: list[str], code: int, reported: str
) -> None:
    ran = lsq(*args)
    assert ran.returncode == code, ran.stderr
    assert reported in ran.stderr
    assert "Traceback" not in ran.stderr
