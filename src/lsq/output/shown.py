"""What people are shown of hits and articles, at a terminal or on a page: its words and order."""

from typing import NamedTuple

from lsq.counting.facets import FacetBy
from lsq.hit import Hit, Snippet
from lsq.messages import _, is_chinese
from lsq.model import Article
from lsq.output.printable import counted
from lsq.query.fields import SPECS
from lsq.search.searcher import Results
from lsq.search.snippets import beginning

# In characters: how much of an article without a title serves as one.
_FIRST_WORDS = 20

# The names of the metadata on a Chinese screen.
_LABELS = {spec.name: spec.label for spec in SPECS}


class HitText(NamedTuple):
    """What is shown of a hit.

    Attributes:
        title: its title, or else its first words.
        highlights: ranges of characters of the title.
        snippets: those besides the title; the beginning of the body if there are no others.
    """

    title: str
    highlights: tuple[tuple[int, int], ...]
    snippets: list[Snippet]


def shown(hit: Hit) -> HitText:
    """What is shown of a hit: a snippet of its headline is not shown again."""
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
    """The text of a snippet, with `…` where a part of a sentence is left out; its highlights."""
    before = "" if snippet.begins else "…"
    text = f"{before}{snippet.text}{'' if snippet.ends else '…'}"
    return text, [(len(before) + low, len(before) + high) for low, high in snippet.highlights]


def label(name: str) -> str:
    """The name of a field of metadata in the user's language."""
    return _LABELS[name] if is_chinese() else name


def totals(first: int, last: int, results: Results) -> str:
    """How many articles match and how, and which of them are shown: those of rank first to last."""
    total, literal, synonym = results.total, results.literal_total, results.synonym_total
    articles = counted(total)
    whole = first == 1 and last == total
    said = _("{articles} found") if whole else _("{first:,} to {last:,} of {articles} found")
    told = said.format(first=first, last=last, articles=articles)
    if literal == total:
        return told
    ways = _("{literal:,} literally, {words:,} by words only")
    if synonym:
        ways = _("{literal:,} literally, {synonym:,} by synonyms, {words:,} by words only")
    words = total - literal - synonym
    kinds = ways.format(literal=literal, synonym=synonym, words=words)
    return _("{shown}: {kinds}").format(shown=told, kinds=kinds)


def tier_names() -> dict[str, str]:
    """The headings of tiers, by how their hits match, the best first."""
    return {
        "title": _("By title"),
        "number": _("By document number"),
        "literal": _("Literally"),
        "synonym": _("By synonyms"),
        "words": _("By words only"),
    }


def headings() -> dict[str, str]:
    """The headings above hits: of a tier, or of another order by its name."""
    return tier_names() | {
        "date": _("By date, the oldest first"),
        "-date": _("By date, the newest first"),
        "path": _("By path"),
    }


def facet_names() -> dict[FacetBy, str]:
    """The headings of facets."""
    return {
        "issuer": _("Issuer"),
        "kind": _("Kind"),
        "year": _("Year"),
        "folder": _("Folder"),
    }
