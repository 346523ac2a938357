"""Parse what a user typed into a `Query`, or say where it is not one.

The grammar is in `docs/query-language.md`; `tests/grammar.py` derives queries from it. White
space may stand around each item, bracket and operator, but not before a function's bracket,
nor inside or after what a colon or a minus begins.
The full-width punctuation of a Chinese input method, ＂ （ ） ｜ － ： ／ ＊, counts as ASCII. A
word is an operator only in capitals and on its own, punctuation only where an item could
start; names are in any case. Inside a chunk all but "|" is text, where brackets and
quotes must pair, so that a pasted title like `丽水“十四五”规划(草案)` is one chunk, and
the bracket that ends a group still ends it.

Letters and a colon at the start of a chunk are refused if they name no field, but for
addresses (`https://…`). A field may not contain a field or a function, and no field
inside of a function; `near` joins literals, chunks and regexes, with AND and OR; inside
of `date:` and `published:` everything is a date, and `*` is any. A chunk in a field of codes
or in `path:` is a literal: a name is not segmented into words.

Recursive descent, one method a rule that holds other rules; `operands` reads the rest.
`cursor` bounds the size of all of it. Knows no engine.
"""

from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.cursor import (
    BAR,
    CLOSING,
    COLON,
    MAX_DEPTH,
    MAX_JOINTS,
    MAX_LENGTH,
    MAX_TERMS,
    MINUS,
    OPENING,
    QUOTES,
    SLASH,
    STAR,
    Cursor,
)
from lsq.query.fields import DAYS
from lsq.query.nodes import And, Field, Near, Not, Or, Query, SameParagraph, SameSentence, Spelled
from lsq.query.operands import (
    CutWords,
    check_encoding,
    read_chunk,
    read_dates,
    read_everything,
    read_literal,
    read_regex,
)


def parse(query: str, cut: CutWords, scope: str = "") -> Query:
    """Parse `query`.

    Args:
        query: as typed.
        cut: cuts folded text into words (`lsq.segment.Segmenter.query_words`).
        scope: the field that all of it is about; none for a whole query.

    Raises:
        QueryError: it is invalid or too large; has the position and the reason.
    """
    if len(query) > MAX_LENGTH:
        raise QueryError(
            query,
            MAX_LENGTH,
            _(
                "a query has at most {max_length:,} characters; the limit is reached here; "
                "search for a part of it"
            ).format(max_length=MAX_LENGTH),
        )
    check_encoding(query)
    cursor = Cursor(query)
    if cursor.at_end:
        cursor.fail(_("the query is empty; type something to search for"))
    tree = _Parser(cursor, cut).parse_whole(scope)
    return Field(scope, tree) if scope and scope not in DAYS else tree


class _Parser:
    """Parses at a cursor; a `scope` is the field or function around the position."""

    def __init__(self, cursor: Cursor, cut: CutWords) -> None:
        self._cursor = cursor
        self._cut = cut
        self._terms = 0  # how many have been read
        self._joints = 0  # likewise

    def parse_whole(self, scope: str) -> Query:
        tree = self.parse_or(0, scope)
        if not self._cursor.at_end:
            self._cursor.fail(
                _(
                    "this bracket has no opening bracket; add one before it, or quote it if it "
                    "is text"
                )
            )
        return tree

    def parse_or(self, depth: int, scope: str) -> Query:
        parts = [self.parse_and(depth, scope)]
        while self._cursor.accept_sign(BAR) or self._cursor.accept_operator("OR"):
            parts.append(self.parse_and(depth, scope))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def parse_and(self, depth: int, scope: str) -> Query:
        cursor = self._cursor
        parts = [self.parse_not(depth, scope)]
        while not cursor.at_end and cursor.peek not in CLOSING + BAR and cursor.operator != "OR":
            cursor.accept_operator("AND")
            parts.append(self.parse_not(depth, scope))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def parse_not(self, depth: int, scope: str) -> Query:
        cursor = self._cursor
        if depth > MAX_DEPTH:
            cursor.fail(
                _("nested more than {max_depth} deep; nest less").format(max_depth=MAX_DEPTH)
            )
        start = cursor.position
        if not (cursor.accept_sign(MINUS) or cursor.accept_operator("NOT")):
            return self.parse_item(depth, scope)
        if cursor.query[cursor.position - 1].isspace() and cursor.query[start] in MINUS:
            cursor.fail(_("put the minus directly before what it excludes, without a space"), start)
        if scope == "near":
            cursor.fail(
                _("near cannot exclude; exclude outside: near/30(a b) -near/30(a c)"), start
            )
        return Not(self.parse_not(depth + 1, scope))

    def parse_item(self, depth: int, scope: str) -> Query:
        cursor = self._cursor
        if cursor.at_end or cursor.operator or cursor.peek in CLOSING + BAR:
            if not cursor.at_end and cursor.peek in BAR and cursor.comes_after(BAR):
                cursor.fail(_("one | is enough; OR says the same"))
            cursor.fail(_("a term is missing here"))
        if cursor.peek in OPENING:
            return self.parse_group(depth, scope)
        if scope in DAYS:
            return self.parse_term(scope)
        joint = self.parse_function(depth, scope) or self.parse_field(depth, scope)
        return joint or self.parse_term(scope)

    def parse_group(self, depth: int, scope: str) -> Query:
        start = self._cursor.position
        self._cursor.accept_sign(OPENING)
        tree = self.parse_or(depth + 1, scope)
        if not self._cursor.accept_sign(CLOSING):
            self._cursor.fail(
                _("this bracket is not closed; close it, or quote it if it is text"), start
            )
        return tree

    def parse_function(self, depth: int, scope: str) -> Query | None:
        if "(" not in self._cursor.folded and "/" not in self._cursor.folded:
            return None
        from lsq.query.prefixes import accept_function

        start = self._cursor.position
        function = accept_function(self._cursor, scope)
        if not function:
            return None
        self._joints += 1
        if self._joints > MAX_JOINTS:
            self._cursor.fail(
                _(
                    "a query has at most {max_joints} of sentence, paragraph and near; this is "
                    "one more; split the query into several searches"
                ).format(max_joints=MAX_JOINTS),
                start,
            )
        tree = self.parse_group(depth + 1, function.name)
        match function.name:
            case "sentence":
                return SameSentence(tree)
            case "paragraph":
                return SameParagraph(tree)
        return Near(function.distance, tree.parts if isinstance(tree, And) else (tree,))

    def parse_field(self, depth: int, scope: str) -> Query | None:
        if COLON not in self._cursor.folded:
            return None
        from lsq.query.prefixes import accept_field

        field = accept_field(self._cursor, scope)
        if not field:
            return None
        # The text after the colon is an item, even if it looks like an operator.
        operator = self._cursor.operator
        tree = self.parse_term(field) if operator else self.parse_item(depth + 1, field)
        return tree if field in DAYS else Field(field, tree)

    def parse_term(self, scope: str) -> Query:
        cursor = self._cursor
        self._terms += 1
        if self._terms > MAX_TERMS:
            cursor.fail(
                _(
                    "a query has at most {max_terms:,} terms; this is one more; split the query "
                    "into several searches"
                ).format(max_terms=MAX_TERMS)
            )
        if scope in DAYS:
            return read_dates(cursor, scope)
        if cursor.peek in QUOTES:
            return self._counted(read_literal(cursor, scope))
        if cursor.peek in SLASH:
            return read_regex(cursor)
        if cursor.peek in STAR and cursor.item_ends(cursor.position + 1):
            return read_everything(cursor, scope)
        return self._counted(read_chunk(cursor, scope, self._cut))

    def _counted(self, term: Query) -> Query:
        """The term in all its spellings."""
        if isinstance(term, Spelled):
            self._terms += len(term.parts) - 1
        return term
