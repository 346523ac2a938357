"""Find the articles with much of the same text as one: reprints, versions, excerpts, others.

Candidates contain one of several strings of ten characters, taken evenly from the text. For
these, the common strings of five characters are counted exactly.
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
# The minimum number of probes; in a long text, one per _STRIDE characters; the maximum number.
_PROBES: Final = 24
_STRIDE: Final = 500
_MOST_PROBES: Final = 48
# The maximum number of candidates with only one probe.
_BY_ONE: Final = 500

# The minimum share of one text in the other: for any relation, and for the closer ones.
LEAST: Final = 0.6
_EXCERPT: Final = 0.9
_REPRINT: Final = 0.95
# The minimum share of each text in the other for a reprint; with less, one is an excerpt.
_WHOLE: Final = 0.7
# In characters: a shorter text is a formula, not a reprint.
SHORTEST: Final = 300
# A reprint may have one misprint, a single different character, per this many characters.
_MISPRINTS: Final = 500
# In characters: longer replaced pieces are other wording, not another name.
_LONGEST_NAME: Final = 12
# In characters: within a file, a shorter title is a label that recurs, such as a speaker.
_LABEL: Final = 5

# The number of strings for an estimate, and the estimated share from which all are counted.
_SPOTS: Final = 64
_WORTH: Final = LEAST / 2


class Relative(NamedTuple):
    """An article that is similar to another.

    Attributes:
        article: the article.
        relation: identical, a reprint, another version, one an excerpt of the other, or merely
            similar.
        shared: the share of the other's body that is in this one's.
        covered: the share of this one's body that is in the other's.
    """

    article: Article
    relation: Relation
    shared: float
    covered: float


def similar(engine: Engine, article: Article, filters: Filters | None = None) -> list[Relative]:
    """The articles that are similar to one, the closest first.

    Args:
        engine: the index.
        article: the article; it need not be in the index.
        filters: conditions on the others.
    """
    text = compared_text(article)
    own = grams(text)
    likely = [
        match
        for match, other in _candidates(engine, text, filters)
        if f"{match.path}#{match.ordinal}" != article.id
        and max(_estimate(text, other), _estimate(other, own)) >= _WORTH
    ]
    found = []
    for one in engine.found(likely):
        shared, covered = containment(own, grams(compared_text(one.article)))
        if max(shared, covered) >= LEAST:
            relation = relation_of(article, one.article, shared, covered)
            found.append(Relative(one.article, relation, shared, covered))
    return sorted(found, key=lambda one: (-max(one.shared, one.covered), one.article.id))


def compared_text(article: Article) -> str:
    """The text for comparisons: the body, folded and squeezed; the title if there is no body.

    With the title, two short provisions of one law would be similar by their long title alone.
    """
    return squeeze(fold(article.body)) or squeeze(fold(article.text))


def grams(text: str) -> frozenset[str]:
    """The strings of five characters in a text; a shorter text is one."""
    return frozenset(text[at : at + _GRAM] for at in range(max(1, len(text) - _GRAM + 1)))


def containment(one: frozenset[str], two: frozenset[str]) -> tuple[float, float]:
    """The share of each text that is in the other (Broder 1997)."""
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
    strings = probes(text)
    if not strings:
        return []
    query: Query = Or(tuple(map(LiteralQuery, strings)))
    if filters:
        query = And((query, *filters.queries()))
    matches = engine.search(query, None, "path").best
    encoded = [probe.encode("utf-8", "surrogatepass") for probe in strings]
    several: list[tuple[Match, str]] = []
    once: list[tuple[Match, str]] = []
    for match, other in zip(matches, engine.texts(matches), strict=True):
        hits = sum(probe in other for probe in encoded)
        chosen = several if hits > 1 else once
        if hits > 1 or len(once) < _BY_ONE:
            chosen.append((match, other.decode("utf-8", "surrogatepass")))
    return several + once


def relation_of(one: Article, two: Article, shared: float, covered: float) -> Relation:
    """The relation of two articles, from their common shares.

    Args:
        one: the first.
        two: the second.
        shared: the share of the first that is in the second.
        covered: the share of the second that is in the first.
    """
    if squeeze(fold(one.text)) == squeeze(fold(two.text)):
        return "identical"
    # Newspapers print the same text under different headlines.
    bodies = (Body(squeeze(fold(article.body))) for article in (one, two))
    if are_reprints(*bodies):
        return "reprint"
    name = title_name(fold(one.title or ""))
    recurs = one.path == two.path and len(name) < _LABEL
    if name and name == title_name(fold(two.title or "")) and not recurs:
        return "version"
    if max(shared, covered) >= _EXCERPT and min(shared, covered) < _WHOLE:
        return "excerpt"
    return "alike"


class Body:
    """The body of an article, for comparison with others.

    Args:
        text: the body, folded and squeezed.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def grams(self) -> frozenset[str]:
        """Its strings of five characters."""
        return grams(self.text)


def are_reprints(one: Body, two: Body) -> bool:
    """Whether two bodies are the same text, printed twice."""
    if min(len(one.text), len(two.text)) < SHORTEST:
        return False
    if one.text == two.text:
        return True
    shares = containment(one.grams, two.grams)
    if max(shares) < _REPRINT or min(shares) < _WHOLE:
        return False
    return _have_same_facts(one.text, two.text)


def _have_same_facts(one: str, two: str) -> bool:
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
    """The pieces that replace each other in two sentences, without punctuation."""
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
