"""Parse what a user typed into a `Query`, or say where it is not one.

    query   = or ;
    or      = and , { ( "OR" | "|" ) , and } ;
    and     = not , { [ "AND" ] , not } ;
    not     = ( "NOT" | "-" ) , not | item ;
    item    = literal | group | chunk ;
    literal = '"' text '"' | "“" text "”" | "「" text "」" | "『" text "』" ;
    group   = "(" , or , ")" ;
    chunk   = a run of characters other than white space and "|" ;

(ISO/IEC 14977 EBNF.) The signs that a Chinese input method types, ＂ （ ） ｜ －,
are the ASCII ones. A word is an operator only in capitals and on its own, a sign
only where an item could start; inside a chunk all but "|" is text, where brackets
and quotes must pair, so that a pasted title like `丽水“十四五”规划(草案)` is one
chunk, and the bracket that ends a group still ends it.

Fields and the operators written like functions or paths are not understood yet,
so what looks like one (`title:…`, `同句(… …)`, `/…/`) is refused rather than taken
for text. Recursive descent, one method a rule. Knows no engine.
"""

import re
from collections.abc import Callable
from typing import Final, NoReturn

from lsq.errors import QueryError
from lsq.fold import drop_invisible, fold, squeeze
from lsq.query.nodes import And, Chunk, Literal, Not, Or, Query

Cut = Callable[[str], tuple[str, ...]]

# How deep groups and negations may nest: far beyond what people write, far below
# what Python's own stack allows.
MAX_DEPTH: Final = 50

_WHITE = re.compile(r"\s*")
_WORD_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()（）|｜\"＂“”「『]|$)")
_OPENING = "(（"
_CLOSING = ")）"
_BAR = "|｜"
_MINUS = "-－"
# A quote and the quotes that end what it opens. Input methods alternate “ and ”
# blindly, so a query may well start with ”.
_QUOTES = {'"': '"', "＂": "＂", "“": "”", "”": "”", "「": "」", "『": "』"}
_PAIRS = {"(": ")", "（": "）", "[": "]", "［": "］", "〔": "〕", "【": "】", "《": "》"} | _QUOTES
_FIELD = re.compile(r"[^\W\d_]+[:：]")


def parse(query: str, cut: Cut) -> Query:
    """Parse `query`.

    Args:
        query: as typed.
        cut: cuts folded text into words (`lsq.segment.Segmenter.query_words`).

    Raises:
        QueryError: it is not a query; tells where and why.
    """
    parser = _Parser(query, cut)
    parser.skip_white()
    if parser.at_end:
        parser.fail("the query is empty; say what to look for")
    tree = parser.parse_or(depth=0)
    parser.expect_end()
    return tree


class _Parser:
    """A position in the query, always at the start of something but white space."""

    def __init__(self, query: str, cut: Cut) -> None:
        self.query = query
        self.cut = cut
        self.position = 0

    def parse_or(self, depth: int) -> Query:
        parts = [self.parse_and(depth)]
        while self.accept_sign(_BAR) or self.accept_word("OR"):
            parts.append(self.parse_and(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def parse_and(self, depth: int) -> Query:
        parts = [self.parse_not(depth)]
        while not self.at_end and self.peek not in _CLOSING + _BAR and self.word != "OR":
            self.accept_word("AND")
            parts.append(self.parse_not(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def parse_not(self, depth: int) -> Query:
        if depth > MAX_DEPTH:
            self.fail(f"nested more than {MAX_DEPTH} deep; write it flatter")
        start = self.position
        if self.accept_sign(_MINUS) or self.accept_word("NOT"):
            if self.query[self.position - 1].isspace() and self.query[start] in _MINUS:
                self.fail(
                    "a minus stands right before what it excludes; leave out the space", start
                )
            return Not(self.parse_not(depth + 1))
        return self.parse_item(depth)

    def parse_item(self, depth: int) -> Query:
        if self.at_end or self.word or self.peek in _CLOSING + _BAR:
            self.fail("something to look for is missing here")
        if self.peek in _QUOTES:
            return self.parse_literal()
        start = self.position
        if self.accept_sign(_OPENING):
            tree = self.parse_or(depth + 1)
            if not self.accept_sign(_CLOSING):
                self.fail("this bracket is never closed; close it, or put it in quotes", start)
            return tree
        return self.parse_chunk()

    def parse_literal(self) -> Query:
        start = self.position
        end = self.query.find(_QUOTES[self.peek], start + 1)
        if end < 0:
            self.fail("this quote is never closed", start)
        text = self.comparable(self.query[start + 1 : end])
        if not text:
            self.fail("there is nothing between these quotes", start)
        self.advance(end + 1)
        return Literal(text)

    def parse_chunk(self) -> Query:
        start = self.position
        self.refuse_what_is_not_understood_yet()
        typed = self.query[start : self.end_of_chunk()]
        text = self.comparable(typed)
        if not text:
            self.fail("nothing that can be seen is asked for here")
        self.advance(start + len(typed))
        return Chunk(text, self.cut(text))

    def end_of_chunk(self) -> int:
        """Where the chunk that starts here ends; its brackets and quotes pair."""
        awaited: list[tuple[str, int]] = []  # what must close, and where it was opened
        for position in range(self.position, len(self.query)):
            char = self.query[position]
            if char.isspace() or char in _BAR:
                break
            if awaited and char == awaited[-1][0]:
                awaited.pop()
            elif char in _PAIRS:
                awaited.append((_PAIRS[char], position))
            elif char in _CLOSING:
                break
        else:
            position = len(self.query)
        if awaited:
            self.fail(
                "this is not closed before the next space; close it, or put all of it in quotes",
                awaited[-1][1],
            )
        return position

    def refuse_what_is_not_understood_yet(self) -> None:
        if self.peek == "/":
            self.fail("regular expressions are not understood yet; put it in quotes")
        if re.match(r"\*(\s|$)", self.query[self.position :]):
            self.fail("* is not understood yet; put it in quotes")
        if field := _FIELD.match(self.query, self.position):
            name = field[0][:-1]
            self.fail(f"there is no field “{name}”; if this is text, put it in quotes")

    def expect_end(self) -> None:
        if not self.at_end:
            self.fail("this bracket closes nothing; open one before it, or put it in quotes")

    @property
    def at_end(self) -> bool:
        return self.position == len(self.query)

    @property
    def peek(self) -> str:
        return self.query[self.position]

    @property
    def word(self) -> str | None:
        """The operator AND, OR or NOT that stands here, if one does."""
        operator = _WORD_OPERATOR.match(self.query, self.position)
        return operator and operator[1]

    def accept_word(self, operator: str) -> bool:
        if self.word != operator:
            return False
        self.advance(self.position + len(operator))
        return True

    def accept_sign(self, signs: str) -> bool:
        if self.at_end or self.peek not in signs:
            return False
        self.advance(self.position + 1)
        return True

    def advance(self, position: int) -> None:
        self.position = position
        self.skip_white()

    def skip_white(self) -> None:
        white = _WHITE.match(self.query, self.position)
        self.position = white.end() if white else self.position

    def comparable(self, text: str) -> str:
        return squeeze(fold(drop_invisible(text))).strip()

    def fail(self, reason: str, position: int | None = None) -> NoReturn:
        raise QueryError(self.query, self.position if position is None else position, reason)
