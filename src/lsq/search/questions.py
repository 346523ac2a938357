"""Question words, which ask for an article and do not stand in it: they narrow no search."""

from typing import Final

from lsq.query import And, Chunk, Or, Paragraph, Query, Sentence, positive_parts

# Folded. Of 多少天, 天 is dropped with the word before it.
_ASKING: Final = frozenset(
    "谁 怎么 怎么办 怎样 怎么样 如何 什么 为什么 为何 多少 多少天 多久 多长 多大 多长时间 哪些 "
    "哪个 哪里 哪儿 哪 是否 能否 可否 是不是 能不能 可不可以 吗 呢 么 几".split()
)
# What a query with any of them has.
_SIGNS: Final = frozenset("谁怎如什为多哪是能可吗呢么几")
_COUNTING: Final = frozenset({"多少", "几"})
_COUNTED: Final = frozenset("天日月年周个人次元岁件倍")


def may_ask(typed: str) -> bool:
    """Whether a query as typed may have question words, which most have not."""
    return not _SIGNS.isdisjoint(typed)


def without_asking(query: Query) -> Query:
    """The query without the question words, of a run and on their own.

    What is nothing else stays, and so does what stands in quotes or is excluded.
    """
    match query:
        case Chunk(text, words):
            kept = _kept(words)
            return query if kept in ((), words) else Chunk(text, kept)
        case And(parts):
            telling = [part for part in parts if not _asks_only(part)]
            if not any(True for part in telling for _ in positive_parts(part)):
                telling = list(parts)
            rest = tuple(map(without_asking, telling))
            return rest[0] if len(rest) == 1 else And(rest)
        case Or(parts):
            return Or(tuple(map(without_asking, parts)))
        case Sentence(part):
            return Sentence(without_asking(part))
        case Paragraph(part):
            return Paragraph(without_asking(part))
    return query


def _asks_only(part: Query) -> bool:
    return isinstance(part, Chunk) and not _kept(part.words)


def _kept(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = []
    before = ""
    for word in words:
        if word not in _ASKING and not (before in _COUNTING and word in _COUNTED):
            kept.append(word)
        before = word
    return tuple(kept)
