"""Find articles with the same text as one: reprints, versions, excerpts, similar ones.

Candidates contain one of several strings of ten characters, taken evenly from the text; for these,
the common strings of five characters are counted exactly.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

from lsq.engines import Engine, Match
from lsq.model import Article
from lsq.query import And, Or, Query
from lsq.query import Literal as LiteralQuery
from lsq.query.filters import Filters
from lsq.query.keys import title_name
from lsq.relations.differences import align
from lsq.text.fold import fold, squeeze

# How two articles are related, the closest first.
Relation: TypeAlias = Literal["identical", "reprint", "version", "excerpt", "alike"]

# In characters: the strings that find candidates, and those that are counted.
_PROBE: Final = 10
_GRAM: Final = 5
# The number of probes; of a long text one per this many characters, up to a maximum.
_PROBES: Final = 24
_STRIDE: Final = 500
_MOST_PROBES: Final = 48
# The number of candidates with only one of the probes.
_BY_ONE: Final = 500

# The minimum share of one text in the other: for any relation, and for the closer ones.
LEAST: Final = 0.6
_EXCERPT: Final = 0.9
_REPRINT: Final = 0.95
# The minimum share of each text in the other for a reprint: a longer text contains an excerpt.
_WHOLE: Final = 0.7
# In characters: a shorter text is a formula, not a reprint.
SHORTEST: Final = 300
# In characters of each 500: single characters that may differ in a reprint, misprints.
_MISPRINTS: Final = 500
_LONGEST_NAME: Final = 12
# In characters: within a file, shorter titles are labels that recur: a speaker, a heading.
_LABEL: Final = 5

# The number of strings for an estimate, and the share from which all are counted.
_SPOTS: Final = 64
_WORTH: Final = LEAST / 2


class Relative(NamedTuple):
    """An article that is similar to another.

    Attributes:
        article: the article.
        relation: identical, a reprint, another version, an excerpt of it or the other way round,
            or merely similar.
        shared: the share of the other article, the one asked about, that is in this one; of both
            without their titles.
        covered: the share of this one that is in the one asked about.
    """

    article: Article
    relation: Relation
    shared: float
    covered: float


def similar(engine: Engine, asked: Article, filters: Filters | None = None) -> list[Relative]:
    """The articles that are similar to one, the closest first.

    Args:
        engine: the index.
        asked: the article; it need not be in the index.
        filters: conditions on the others.
    """
    text = compared(asked)
    own = grams(text)
    worth = [
        match
        for match, other in _candidates(engine, text, filters)
        if f"{match.path}#{match.ordinal}" != asked.id
        and max(_estimate(text, other), _estimate(other, own)) >= _WORTH
    ]
    found = []
    for one in engine.found(worth):
        shared, covered = containment(own, grams(compared(one.article)))
        if max(shared, covered) >= LEAST:
            relation = related(asked, one.article, shared, covered)
            found.append(Relative(one.article, relation, shared, covered))
    return sorted(found, key=lambda one: (-max(one.shared, one.covered), one.article.id))


def compared(article: Article) -> str:
    """The text for comparing articles: the body, folded and squeezed.

    Two short provisions of one law would be similar by their long title alone. An article
    without a body is its title.
    """
    return squeeze(fold(article.body)) or squeeze(fold(article.text))


def grams(text: str) -> frozenset[str]:
    """The strings of five characters in a text; a shorter text is one."""
    return frozenset(text[at : at + _GRAM] for at in range(max(1, len(text) - _GRAM + 1)))


def containment(one: frozenset[str], two: frozenset[str]) -> tuple[float, float]:
    """Which share of each text is in the other (Broder 1997)."""
    shared = len(one & two)
    return shared / len(one), shared / len(two)


def _estimate(one: str, two: str | frozenset[str]) -> float:
    """Estimate the share of a text in another, from a few strings."""
    last = max(0, len(one) - _GRAM)
    places = range(0, last + 1, max(1, last // _SPOTS))
    return sum(one[at : at + _GRAM] in two for at in places) / len(places)


def probes(text: str) -> list[str]:
    """Strings of a text, taken evenly from it."""
    count = max(_PROBES, min(_MOST_PROBES, len(text) // _STRIDE))
    last = max(0, len(text) - _PROBE)
    places = [last * number // max(1, count - 1) for number in range(count)]
    return list(dict.fromkeys(text[at : at + _PROBE] for at in places if text[at : at + _PROBE]))


def _candidates(engine: Engine, text: str, filters: Filters | None) -> list[tuple[Match, str]]:
    """The articles that have some of the probes, with their texts."""
    sought = probes(text)
    if not sought:
        return []
    query: Query = Or(tuple(map(LiteralQuery, sought)))
    if filters:
        query = And((query, *filters.queries()))
    matches = engine.search(query, None, "path").best
    encoded = [probe.encode("utf-8", "surrogatepass") for probe in sought]
    several: list[tuple[Match, str]] = []
    once: list[tuple[Match, str]] = []
    for match, other in zip(matches, engine.texts(matches), strict=True):
        hits = sum(probe in other for probe in encoded)
        chosen = several if hits > 1 else once
        if hits > 1 or len(once) < _BY_ONE:
            chosen.append((match, other.decode("utf-8", "surrogatepass")))
    return several + once


def related(one: Article, two: Article, shared: float, covered: float) -> Relation:
    """The relation of two articles, from their common shares.

    Args:
        one: the first.
        two: the second.
        shared: the share of the first that is in the second.
        covered: the share of the second that is in the first.
    """
    if squeeze(fold(one.text)) == squeeze(fold(two.text)):
        return "identical"
    # Newspapers give reprints their own headlines.
    bodies = (Whole(squeeze(fold(article.body))) for article in (one, two))
    if are_reprints(*bodies):
        return "reprint"
    name = title_name(fold(one.title or ""))
    recurs = one.path == two.path and len(name) < _LABEL
    if name and name == title_name(fold(two.title or "")) and not recurs:
        return "version"
    if max(shared, covered) >= _EXCERPT and min(shared, covered) < _WHOLE:
        return "excerpt"
    return "alike"


class Whole:
    """The body of an article, folded and squeezed, for comparison with others.

    Args:
        body: the body.
    """

    def __init__(self, body: str) -> None:
        self.body = body

    @cached_property
    def grams(self) -> frozenset[str]:
        """Its strings of five characters."""
        return grams(self.body)


def are_reprints(one: Whole, two: Whole) -> bool:
    """Whether two bodies are one text, printed twice."""
    if min(len(one.body), len(two.body)) < SHORTEST:
        return False
    if one.body == two.body:
        return True
    shares = containment(one.grams, two.grams)
    if max(shares) < _REPRINT or min(shares) < _WHOLE:
        return False
    return is_reprint(one.body, two.body)


def is_reprint(one: str, two: str) -> bool:
    """Whether two texts that share almost everything have the same numbers and names.

    Sentences in only one of them do not count, nor do occasional misprints.
    """
    old, new = sentences(one), sentences(two)
    misprints = 0
    for low, high in align(old, new):
        if low is None or high is None or old[low] == new[high]:
            continue
        for was, now in _pieces(old[low], new[high]):
            if any(map(str.isdigit, was + now)):
                return False
            if was and now and max(len(was), len(now)) <= _LONGEST_NAME:
                misprints += 1 if len(was) == len(now) == 1 else len(one)
    return misprints * _MISPRINTS <= min(len(one), len(two))


def _pieces(one: str, two: str) -> Sequence[tuple[str, str]]:
    """The replaced pieces of two sentences, in pairs; letters and digits alone."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, one, two, autojunk=False)
    pieces = [
        ("".join(filter(str.isalnum, one[a:b])), "".join(filter(str.isalnum, two[c:d])))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
    return [(was, now) for was, now in pieces if was or now]


def sentences(text: str) -> list[str]:
    """The sentences of a squeezed text."""
    return [one for one in text.replace(";", "。").split("。") if one]
