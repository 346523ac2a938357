"""Parse what a user typed into a `Query`, or say where it is not one.

    query      = or ;
    or         = and , { ( "OR" | "|" ) , and } ;
    and        = not , { [ "AND" ] , not } ;
    not        = ( "NOT" | "-" ) , not | item ;
    item       = literal | group | regex | everything | function | field | chunk ;
    literal    = '"' , text , '"' | "“" , text , "”" | "「" , text , "」" | "『" , text , "』" ;
    group      = "(" , or , ")" ;
    regex      = "/" , pattern , "/" ;
    everything = "*" ;
    function   = ( "sentence" | "同句" | "paragraph" | "同段" ) , group
               | ( "near" | "近" ) , "/" , number , group ;
    field      = name , ":" , ( literal | group | regex | everything | chunk )
               | ( "date" | "日期" ) , ":" , ( dates | group ) ;
    name       = "title" | "issuer" | "number" | "kind" | "path"
               | "标题" | "机关" | "文号" | "文种" | "路径" ;
    dates      = "*" | date | date , ".." , [ date ] | ".." , date ;
    date       = year , [ "-" , month , [ "-" , day ] ]
               | year , "年" , [ month , "月" , [ day , "日" ] ] ;
    text       = ? anything but the quote that ends it ? ;
    pattern    = ? a regular expression, as the library `regex` knows them; before a slash
                   in it stands a backslash ? ;
    chunk      = ? a run of characters other than white space and "|" ? ;
    number     = ? digits; likewise year, month and day ? ;

(ISO/IEC 14977 EBNF. White space may stand around each item, bracket and operator, but
not before a function's bracket, nor inside or after what a colon or a minus begins.)
The signs that a Chinese input method types, ＂ （ ） ｜ － ： ／ ＊, are the ASCII ones. A
word is an operator only in capitals and on its own, a sign only where an item could
start; names are in any case. Inside a chunk all but "|" is text, where brackets and
quotes must pair, so that a pasted title like `丽水“十四五”规划(草案)` is one chunk, and
the bracket that ends a group still ends it.

Letters and a colon at the start of a chunk are refused if they name no field, but for
addresses (`https://…`). No field or function stands inside of a field, and no field
inside of a function; `near` joins literals, chunks and regexes, with AND and OR; inside
of `date:` everything is a date, and `*` is any. A chunk in `number:` or `path:` is a
literal: what names something is no text made of words.

Recursive descent, one method a rule. Knows no engine.
"""

import re
from collections.abc import Callable
from typing import Final, NoReturn

from lsq.errors import QueryError
from lsq.fold import drop_invisible, fold, squeeze
from lsq.query.nodes import (
    And,
    Chunk,
    Everything,
    Field,
    Literal,
    Near,
    Not,
    Or,
    Paragraph,
    Query,
    Sentence,
)

Cut = Callable[[str], tuple[str, ...]]

# How deep groups and negations may nest: far beyond what people write, far below
# what Python's own stack allows.
MAX_DEPTH: Final = 50
# In characters; more than a page is not near.
MAX_DISTANCE: Final = 1000

# What names a field, folded.
FIELDS: Final = {
    "title": "title",
    "标题": "title",
    "issuer": "issuer",
    "机关": "issuer",
    "number": "number",
    "文号": "number",
    "kind": "kind",
    "文种": "kind",
    "path": "path",
    "路径": "path",
    "date": "date",
    "日期": "date",
}
# Those whose values are names that words do not make up: a chunk in them is a literal.
_EXACT = {"number", "path"}
_UNITS = {"同句": "sentence", "sentence": "sentence", "同段": "paragraph", "paragraph": "paragraph"}

_OPERATORS = ("AND", "OR", "NOT")
_OPENING = "(（"
_CLOSING = ")）"
_BAR = "|｜"
_MINUS = "-－"
_SLASH = "/／"
_STAR = "*＊"
# A quote and the quotes that end what it opens. Input methods alternate “ and ”
# blindly, so a query may well start with ”.
_QUOTES = {'"': '"', "＂": "＂", "“": "”", "”": "”", "「": "」", "『": "』"}
_PAIRS = {"(": ")", "（": "）", "[": "]", "［": "］", "〔": "〕", "【": "】", "《": "》"} | _QUOTES
# In the folded query; compiled only for what may have one of them.
_NAME = r"([^\W\d_]+):(?!//)"
_UNIT = "|".join(_UNITS)
_NEAR = r"(?:near|近)(?:/([0-9]*)(?=[\s()|]|$)|(?=\())"


def parse(query: str, cut: Cut, scope: str = "") -> Query:
    """Parse `query`.

    Args:
        query: as typed.
        cut: cuts folded text into words (`lsq.segment.Segmenter.query_words`).
        scope: the field that all of it is about; none for a whole query.

    Raises:
        QueryError: it is not a query; tells where and why.
    """
    try:
        query.encode()
    except UnicodeEncodeError as error:
        raise QueryError(query, error.start, "from here on, this is not UTF-8") from error
    parser = _Parser(query, cut)
    parser.skip_white()
    if parser.at_end:
        parser.fail("the query is empty; say what to look for")
    tree = parser.parse_or(0, scope)
    parser.expect_end()
    return Field(scope, tree) if scope and scope != "date" else tree


class _Parser:
    """A position in the query, always at the start of something but white space.

    A `scope` is what the place stands inside of: a field, sentence, paragraph, near; or
    nothing.
    """

    def __init__(self, query: str, cut: Cut) -> None:
        self.query = query
        self.folded = fold(query)
        self.cut = cut
        self.position = 0

    def parse_or(self, depth: int, scope: str) -> Query:
        parts = [self.parse_and(depth, scope)]
        while self.accept_sign(_BAR) or self.accept_word("OR"):
            parts.append(self.parse_and(depth, scope))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def parse_and(self, depth: int, scope: str) -> Query:
        parts = [self.parse_not(depth, scope)]
        while not self.at_end and self.peek not in _CLOSING + _BAR and self.word != "OR":
            self.accept_word("AND")
            parts.append(self.parse_not(depth, scope))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def parse_not(self, depth: int, scope: str) -> Query:
        if depth > MAX_DEPTH:
            self.fail(f"nested more than {MAX_DEPTH} deep; write it flatter")
        start = self.position
        if not (self.accept_sign(_MINUS) or self.accept_word("NOT")):
            return self.parse_item(depth, scope)
        if self.query[self.position - 1].isspace() and self.query[start] in _MINUS:
            self.fail("a minus stands right before what it excludes; leave out the space", start)
        if scope == "near":
            self.fail("near cannot exclude; exclude outside: near/30(a b) -near/30(a c)", start)
        return Not(self.parse_not(depth + 1, scope))

    def parse_item(self, depth: int, scope: str) -> Query:
        if self.at_end or self.word or self.peek in _CLOSING + _BAR:
            self.fail("something to look for is missing here")
        if self.peek in _OPENING:
            return self.parse_group(depth, scope)
        if scope == "date":
            return self.parse_dates()
        if self.peek in _QUOTES:
            return self.parse_literal(scope)
        if self.peek in _SLASH:
            return self.parse_regex()
        if self.peek in _STAR and self.item_ends(self.position + 1):
            return self.parse_everything(scope)
        named = self.parse_function(depth, scope) or self.parse_field(depth, scope)
        return named or self.parse_chunk(scope)

    def parse_group(self, depth: int, scope: str) -> Query:
        start = self.position
        self.accept_sign(_OPENING)
        tree = self.parse_or(depth + 1, scope)
        if not self.accept_sign(_CLOSING):
            self.fail("this bracket is never closed; close it, or put it in quotes", start)
        return tree

    def parse_literal(self, scope: str) -> Query:
        start = self.position
        end = self.query.find(_QUOTES[self.peek], start + 1)
        if end < 0:
            self.fail("this quote is never closed", start)
        text = self.comparable(self.query[start + 1 : end], scope)
        if not text:
            self.fail("there is nothing between these quotes", start)
        self.advance(end + 1)
        return Literal(text)

    def parse_regex(self) -> Query:
        from lsq.query.expressions import checked

        start = self.position
        slash = re.escape(self.peek)
        closed = re.compile(rf"((?:[^\\{slash}]|\\.)*){slash}", re.DOTALL).match(
            self.query, start + 1
        )
        if not closed:
            self.fail(
                "this regular expression is never closed; end it with a slash, or put it in "
                "quotes if it is text",
                start,
            )
        if not closed[1]:
            self.fail("there is nothing between these slashes", start)
        if not self.item_ends(closed.end()):
            self.fail(
                "a regular expression ends with this slash, and a space follows; write \\/ for "
                "a slash inside of it, or put all of it in quotes if it is text",
                closed.end() - 1,
            )
        regex = checked(closed[1], self.query, start + 1)
        self.advance(closed.end())
        return regex

    def parse_everything(self, scope: str) -> Query:
        if scope == "near":
            self.fail("near joins what can be found in a text, which * is not; leave it out")
        self.advance(self.position + 1)
        return Everything()

    def parse_function(self, depth: int, scope: str) -> Query | None:
        start = self.position
        if "(" not in self.folded and "/" not in self.folded:
            return None
        near = re.compile(_NEAR).match(self.folded, start)
        unit = re.compile(_UNIT).match(self.folded, start)
        if near:
            end, name = near.end(), "near"
        elif unit and self.opens(unit.end()):
            end, name = unit.end(), _UNITS[unit[0]]
        else:
            return None
        if near and not self.opens(end):
            if near[1] is None:  # a bracket of another kind
                return None
            self.fail("a bracket follows at once: near/30(…); or put it in quotes", end)
        if scope in FIELDS:
            self.fail(
                f"{name} looks at an article's text, not at a field; take it out of the field"
            )
        if scope == "near":
            self.fail("near joins what stands in a text, not other joints; write them apart")
        distance = self.distance(near) if near else 0
        self.advance(end)
        tree = self.parse_group(depth + 1, name)
        match name:
            case "sentence":
                return Sentence(tree)
            case "paragraph":
                return Paragraph(tree)
        return Near(distance, tree.parts if isinstance(tree, And) else (tree,))

    def distance(self, near: re.Match[str]) -> int:
        digits = near[1]
        if not digits:
            self.fail("say within how many characters: near/30(…); or put it in quotes")
        if len(digits) > len(str(MAX_DISTANCE)) or not 1 <= int(digits) <= MAX_DISTANCE:
            self.fail(f"near takes from 1 to {MAX_DISTANCE} characters", near.start(1))
        return int(digits)

    def parse_field(self, depth: int, scope: str) -> Query | None:
        start = self.position
        if ":" not in self.folded:
            return None
        named = re.compile(_NAME).match(self.folded, start)
        if not named:
            return None
        field = FIELDS.get(named[1])
        if not field:
            self.fail(_no_field(self.query[start : named.end(1)], named[1]))
        if scope:
            outer = "fields" if scope in FIELDS else scope
            self.fail(f"{outer} cannot hold a field; write it outside, or in quotes if it is text")
        self.position = named.end()
        if self.item_ends(self.position):
            self.fail(f"what to look for follows {named[0]} at once, without a space")
        if self.peek in _MINUS:
            self.fail(f"a minus stands before the field: -{named[0]}…")
        tree = self.parse_value(depth, field)
        return tree if field == "date" else Field(field, tree)

    def parse_value(self, depth: int, field: str) -> Query:
        """What follows a field's colon: an item, though it may look like an operator."""
        return self.parse_chunk(field) if self.word else self.parse_item(depth + 1, field)

    def parse_dates(self) -> Query:
        from lsq.query.dates import DateError, parse_dates

        start = self.position
        end = start
        while not self.item_ends(end):
            end += 1
        try:
            dates = parse_dates(self.folded[start:end])
        except DateError as error:
            self.fail(error.reason, start + error.offset)
        self.advance(end)
        return dates

    def parse_chunk(self, scope: str) -> Query:
        start = self.position
        typed = self.query[start : self.end_of_chunk()]
        text = self.comparable(typed, scope)
        if not text:
            self.fail("nothing that can be seen is asked for here")
        self.advance(start + len(typed))
        return Literal(text) if scope in _EXACT else Chunk(text, self.cut(text))

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

    def item_ends(self, position: int) -> bool:
        """Whether no item goes on at a place."""
        if position == len(self.query):
            return True
        char = self.query[position]
        return char.isspace() or char in _CLOSING + _BAR

    def opens(self, position: int) -> bool:
        """Whether a group opens at a place."""
        return position < len(self.query) and self.query[position] in _OPENING

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
        for operator in _OPERATORS:
            end = self.position + len(operator)
            if self.query.startswith(operator, self.position) and self.word_ends(end):
                return operator
        return None

    def word_ends(self, position: int) -> bool:
        """Whether an operator that is a word can end at a place."""
        return (
            self.item_ends(position)
            or self.query[position] in _OPENING
            or self.query[position] in _QUOTES
        )

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
        while not self.at_end and self.peek.isspace():
            self.position += 1

    def comparable(self, text: str, scope: str) -> str:
        compared = squeeze(fold(drop_invisible(text))).strip()
        return "".join(compared.split()) if scope == "number" else compared

    def fail(self, reason: str, position: int | None = None) -> NoReturn:
        raise QueryError(self.query, self.position if position is None else position, reason)


def _no_field(typed: str, folded: str) -> str:
    from difflib import get_close_matches

    known = list(dict.fromkeys(FIELDS.values()))
    close = get_close_matches(folded, FIELDS, 1)
    guess = f", do you mean {close[0]}?" if close else ""
    return (
        f"there is no field “{typed}”{guess}; there are {', '.join(known)}; "
        "if this is text, put it in quotes"
    )
