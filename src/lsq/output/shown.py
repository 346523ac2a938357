"""The wording and the order of what terminal, HTML and Word show of hits and articles."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from lsq.hit import Hit, Snippet
from lsq.messages import _, is_chinese
from lsq.model import Article
from lsq.output.printable import counted
from lsq.query.fields import SPECS
from lsq.search.searcher import Results
from lsq.search.snippets import beginning

if TYPE_CHECKING:
    from lsq.counting.facets import FacetBy
    from lsq.relations.likeness import Relation

# Characters of an article without a title that serve as one.
_FIRST_WORDS = 20

# The names of metadata in Chinese.
_LABELS = {spec.name: spec.label for spec in SPECS}


class HitText(NamedTuple):
    """The texts of a hit.

    Attributes:
        title: its title, or else its first words.
        highlights: ranges of the title.
        snippets: the snippets from the body, or else its beginning.
    """

    title: str
    highlights: tuple[tuple[int, int], ...]
    snippets: list[Snippet]


def shown(hit: Hit) -> HitText:
    """The texts of a hit; a snippet that is its title only highlights the title."""
    article = hit.article
    titled = [snippet for snippet in hit.snippets if snippet.text == article.title]
    snippets = [snippet for snippet in hit.snippets if snippet not in titled]
    if not snippets and article.body.strip():
        snippets = [beginning(article)]
    return HitText(headline(article), titled[0].highlights if titled else (), snippets)


def headline(article: Article) -> str:
    """The title of an article, or else its first words."""
    if article.title:
        return article.title
    words = article.body.replace("\n", " ").strip()
    return words if len(words) <= _FIRST_WORDS else words[:_FIRST_WORDS] + "…"


def with_ellipses(snippet: Snippet) -> tuple[str, list[tuple[int, int]]]:
    """The text of a snippet, with `…` where a sentence is cut off, and its highlights."""
    before = "" if snippet.begins else "…"
    text = f"{before}{snippet.text}{'' if snippet.ends else '…'}"
    return text, [(len(before) + low, len(before) + high) for low, high in snippet.highlights]


def label(name: str) -> str:
    """The name of a field of metadata in the user's language."""
    return _LABELS[name] if is_chinese() else name


def totals(first: int, last: int, results: Results) -> str:
    """The numbers of matching articles, by how they match; only ranks first to last are shown."""
    total, literal, synonym = results.total, results.literal_total, results.synonym_total
    articles = counted(total)
    whole = first == 1 and last == total
    found = _("{articles} found") if whole else _("{first:,} to {last:,} of {articles} found")
    found = found.format(first=first, last=last, articles=articles)
    if literal == total:
        return found
    ways = _("{literal:,} literally, {words:,} by words only")
    if synonym:
        ways = _("{literal:,} literally, {synonym:,} by synonyms, {words:,} by words only")
    words = total - literal - synonym
    kinds = ways.format(literal=literal, synonym=synonym, words=words)
    return _("{shown}: {kinds}").format(shown=found, kinds=kinds)


def tier_names() -> dict[str, str]:
    """The headings of tiers, by how their hits match; the best tier first."""
    return {
        "title": _("By title"),
        "number": _("By document number"),
        "literal": _("Literally"),
        "synonym": _("By synonyms"),
        "words": _("By words only"),
    }


def headings() -> dict[str, str]:
    """The headings above hits: of tiers, and of other orders by their names."""
    return tier_names() | {
        "date": _("By date, the oldest first"),
        "-date": _("By date, the newest first"),
        "path": _("By path"),
    }


def relation_names() -> "dict[Relation, str]":
    """The names of the relations between similar articles."""
    return {
        "identical": _("identical"),
        "reprint": _("reprint"),
        "version": _("version"),
        "excerpt": _("excerpt"),
        "alike": _("alike"),
    }


def clip(ranges: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Clip ranges to another range, and make them relative to its start.

    Args:
        ranges: ascending and disjoint.
        start: the start of the other range.
        end: its end.
    """
    first = bisect_right(ranges, start, key=itemgetter(1))
    beyond = bisect_left(ranges, end, key=itemgetter(0))
    return [(max(low, start) - start, min(high, end) - start) for low, high in ranges[first:beyond]]


def facet_names() -> "dict[FacetBy, str]":
    """The headings of facets."""
    return {
        "issuer": _("Issuer"),
        "kind": _("Kind"),
        "year": _("Year"),
        "folder": _("Folder"),
    }
