"""Parse a typed query into a `Query`, or report the position of an error.

A recursive-descent parser: one method for each rule of the grammar that contains other rules;
`operands` reads the others. The grammar is in `docs/query-language.md`; `tests/grammar.py`
derives random queries from it. Besides the grammar:

- White space is allowed around items, brackets and operators, but not before a function's
  bracket, nor after a colon or a minus.
- Full-width punctuation of Chinese input methods, ＂ （ ） ｜ － ： ／ ＊, counts as ASCII.
- AND, OR and NOT are operators only in capitals and as whole words; punctuation is an operator
  only where an item can start. Names of fields and functions are in any case.
- Inside a chunk, everything but `|` is text, and brackets and quotes must pair: a pasted title
  like `丽水“十四五”规划(草案)` is one chunk, and the bracket that closes a group still does.
- Letters and a colon at the start of a chunk must name a field, except in an address
  (`https://…`).
- A field cannot contain a field or a function, and a function cannot contain a field. `near`
  takes literals, chunks and regular expressions, joined by AND and OR. `date:` and `published:`
  take dates, and `*` for any.
- A chunk in `path:` or a field of codes is a literal.
"""

from lsq.errors import QueryError
from lsq.messages import _
from lsq.query.cursor import (
    BAR,
    CLOSING,
    COLON,
    MAX_DEPTH,
    MAX_FUNCTIONS,
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
        scope: the field that all of it applies to; "" for a whole query.

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
    """Parses a query; a `scope` is the innermost field or function around the position."""

    def __init__(self, cursor: Cursor, cut: CutWords) -> None:
        self._cursor = cursor
        self._cut = cut
        self._terms = 0  # the number read so far
        self._functions = 0  # likewise

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
        while self._cursor.accept_character(BAR) or self._cursor.accept_operator("OR"):
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
        if not (cursor.accept_character(MINUS) or cursor.accept_operator("NOT")):
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
            if not cursor.at_end and cursor.peek in BAR and cursor.follows(BAR):
                cursor.fail(_("one | is enough; OR says the same"))
            cursor.fail(_("a term is missing here"))
        if cursor.peek in OPENING:
            return self.parse_group(depth, scope)
        if scope in DAYS:
            return self.parse_term(scope)
        prefixed = self.parse_function(depth, scope) or self.parse_field(depth, scope)
        return prefixed or self.parse_term(scope)

    def parse_group(self, depth: int, scope: str) -> Query:
        start = self._cursor.position
        self._cursor.accept_character(OPENING)
        tree = self.parse_or(depth + 1, scope)
        if not self._cursor.accept_character(CLOSING):
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
        self._functions += 1
        if self._functions > MAX_FUNCTIONS:
            self._cursor.fail(
                _(
                    "a query has at most {max_functions} of sentence, paragraph and near; this is "
                    "one more; split the query into several searches"
                ).format(max_functions=MAX_FUNCTIONS),
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
        # A word after the colon is a term, even if it looks like an operator.
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
            return self._count_spellings(read_literal(cursor, scope))
        if cursor.peek in SLASH:
            return read_regex(cursor)
        if cursor.peek in STAR and cursor.item_ends(cursor.position + 1):
            return read_everything(cursor, scope)
        return self._count_spellings(read_chunk(cursor, scope, self._cut))

    def _count_spellings(self, term: Query) -> Query:
        if isinstance(term, Spelled):
            self._terms += len(term.parts) - 1
        return term
