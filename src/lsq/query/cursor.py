"""A position in a query that is being parsed; the punctuation and the maximum size of queries.

The cost of a query grows with its terms, each of which is searched in all texts. A query that
is too large is refused, with the position at which it becomes too large.
"""

from typing import Final, NoReturn

from lsq.errors import QueryError
from lsq.text.fold import fold

# In characters: a pasted page has some two thousand.
MAX_LENGTH: Final = 10_000
# Literals, runs, regular expressions, dates and stars together (Lucene: 1,024 clauses).
MAX_TERMS: Final = 1000
# `sentence`, `paragraph` and `near` together; each is checked on many texts.
MAX_FUNCTIONS: Final = 100
# The maximum nesting of groups and negations, and of groups inside a regular expression: far
# below what Python's stack allows.
MAX_DEPTH: Final = 50
# Of `near`, in characters: about a page.
MAX_DISTANCE: Final = 1000

OPERATORS: Final = ("AND", "OR", "NOT")
OPENING: Final = "(（"
CLOSING: Final = ")）"
BAR: Final = "|｜"
MINUS: Final = "-－"
COLON: Final = ":"  # folded
SLASH: Final = "/／"
STAR: Final = "*＊"
# Opening quotes, each with its closing quote. ” may also open: input methods alternate “ and ”
# blindly.
QUOTES: Final = {'"': '"', "＂": "＂", "“": "”", "”": "”", "「": "」", "『": "』"}
# Brackets and quotes that must be closed within a chunk.
PAIRS: Final = {
    "(": ")",
    "（": "）",
    "[": "]",
    "［": "］",
    "〔": "〕",
    "【": "】",
    "《": "》",
} | QUOTES


class Cursor:
    """A position in a query, never at white space.

    Attributes:
        query: as typed.
        folded: the same, folded; positions are the same in both.
        position: the position, in characters.
    """

    def __init__(self, query: str) -> None:
        self.query = query
        self.folded = fold(query)
        self.position = 0
        self._skip_white()

    @property
    def at_end(self) -> bool:
        return self.position == len(self.query)

    @property
    def peek(self) -> str:
        """The character at the position; there must be one."""
        return self.query[self.position]

    @property
    def operator(self) -> str | None:
        """The operator AND, OR or NOT at the position, if there is one."""
        for operator in OPERATORS:
            end = self.position + len(operator)
            if self.query.startswith(operator, self.position) and self._word_ends(end):
                return operator
        return None

    def item_ends(self, position: int) -> bool:
        """Whether an item ends at a position."""
        if position == len(self.query):
            return True
        char = self.query[position]
        return char.isspace() or char in CLOSING + BAR

    def follows(self, characters: str) -> bool:
        """Whether any of these characters is directly before the position."""
        return self.query[self.position - 1 : self.position] in set(characters)

    def opens_group(self, position: int) -> bool:
        """Whether there is an opening bracket at a position."""
        return position < len(self.query) and self.query[position] in OPENING

    def accept_operator(self, operator: str) -> bool:
        """Go past this operator, if it is at the position; return whether it was."""
        if self.operator != operator:
            return False
        self.advance(self.position + len(operator))
        return True

    def accept_character(self, characters: str) -> bool:
        """Go past any of these characters, if one is at the position; return whether one was."""
        if self.at_end or self.peek not in characters:
            return False
        self.advance(self.position + 1)
        return True

    def advance(self, position: int) -> None:
        """Go forward to a position, and past the white space there."""
        self.position = position
        self._skip_white()

    def fail(self, reason: str, position: int | None = None) -> NoReturn:
        """Raise a QueryError for this position, or for another."""
        raise QueryError(self.query, self.position if position is None else position, reason)

    def _word_ends(self, position: int) -> bool:
        return (
            self.item_ends(position)
            or self.query[position] in OPENING
            or self.query[position] in QUOTES
        )

    def _skip_white(self) -> None:
        while not self.at_end and self.peek.isspace():
            self.position += 1
