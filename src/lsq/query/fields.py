"""The table of fields: what every layer knows of what an article is searched by.

A new field is a row here, an attribute of `lsq.model.Article`, and where `lsq.extract`
fills it; parser, filters, options, engines and formats follow the table.
"""

from typing import Final, NamedTuple


class FieldSpec(NamedTuple):
    """A field.

    Attributes:
        name: as in queries, options, JSON, tables and the index.
        label: its name on a Chinese screen.
        aliases: other names of it in queries, folded.
        help: of its option; empty where options of their own limit it.
        text: its value is compared as a text, not as days.
        code: its values are codes, 国办发〔2020〕12号: no white space counts, and a literal
            may neither begin nor end between two digits.
        exact: its values are not made up of words: a chunk in it is a literal.
        scored: its value says what an article is about; the others only filter.
        stored: engines keep its value in a column, as it is compared; not so a path, which
            an article is stored under, nor days, which are numbers.
    """

    name: str
    label: str
    aliases: tuple[str, ...]
    help: str = ""
    text: bool = True
    code: bool = False
    exact: bool = False
    scored: bool = False
    stored: bool = True


SPECS: Final = (
    FieldSpec(
        "title", "标题", ("标题",), "What the title satisfies, as in title:(…).", scored=True
    ),
    FieldSpec("issuer", "发文机关", ("机关",), "What the issuer (发文机关) satisfies."),
    FieldSpec(
        "number",
        "发文字号",
        ("文号",),
        "The document number (发文字号), or a part of it.",
        code=True,
        exact=True,
    ),
    FieldSpec("kind", "文种", ("文种",), "What the kind of document (文种) satisfies."),
    FieldSpec(
        "path",
        "路径",
        ("路径",),
        "What the path, as it is shown, contains.",
        exact=True,
        stored=False,
    ),
    FieldSpec("date", "日期", ("日期",), text=False, stored=False),
)

# What names a field in a query, folded.
FIELDS: Final = {name: spec.name for spec in SPECS for name in (spec.name, *spec.aliases)}
# Those that are compared as texts, and of these the ones that an index has a column for.
TEXTS: Final = tuple(spec.name for spec in SPECS if spec.text)
STORED: Final = tuple(spec.name for spec in SPECS if spec.stored)
CODES: Final = frozenset(spec.name for spec in SPECS if spec.code)
EXACT: Final = frozenset(spec.name for spec in SPECS if spec.exact)
SCORED_FIELDS: Final = frozenset(spec.name for spec in SPECS if spec.scored)
# What is known of an article besides its text, in the order in which it is printed.
METADATA: Final = (
    "title",
    "date",
    "published",
    *(name for name in STORED if name != "title"),
)
