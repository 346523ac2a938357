"""Tables in Markdown, and figures as people read them. Knows no measure."""

from collections.abc import Iterable, Sequence

ABSENT = "–"
MEGA = 1_000_000
_FEW = 10


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; all but the first column to the right."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def section(title: str, table: str, how: str) -> str:
    """A table under a heading, and below it how it was measured."""
    return f"## {title}\n\n{table}\n\n{how}\n"


def seconds(value: float | None) -> str:
    """A time."""
    if value is None:
        return ABSENT
    if value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.2f} s" if value < _FEW else f"{value:.1f} s"


def megabytes(value: float | None) -> str:
    """A size."""
    if value is None:
        return ABSENT
    return f"{value / MEGA:.{1 if value < _FEW * MEGA else 0}f} MB"


def times(value: float | None, base: float | None) -> str:
    """How many times the base something is."""
    if value is None or not base:
        return ABSENT
    return f"{value / base:.2f} ×" if value / base < _FEW else f"{value / base:.0f} ×"


def share(part: int, whole: int) -> str:
    """So many of so many."""
    return f"{part / whole:.2%} ({part}/{whole})" if whole else ABSENT
