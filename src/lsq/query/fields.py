"""The table of fields, by which an article is searched, for all layers.

A new field is a row here, an attribute of `lsq.model.Article`, a label in `lsq.text.labels`
or another place in `lsq.extract` that fills it, and its type in the JSON schema; parser, filters,
options, engines and formats follow the table.
"""

from typing import Final, NamedTuple


class FieldSpec(NamedTuple):
    """A field.

    Attributes:
        name: as in queries, options, JSON, tables and the index.
        label: its name on a Chinese screen, which queries accept too.
        aliases: other names of it in queries, folded.
        help: of its option; empty for fields with options of their own.
        text: its value is compared as a text, not as days.
        labelled: its value is that of a label in the document, unchanged.
        organs: its values are names of organs, of which one may have several
            (`lsq.query.keys`).
        code: its values are codes, 国办发〔2020〕12号: no white space counts, and a literal
            may neither begin nor end between two digits.
        exact: its values are not text of words: a chunk in it is a literal.
        scored: a match in it counts for the score; the others only filter.
        stored: engines keep its value in a column, as it is compared; not so a path, which
            an article is stored under, nor days, which are numbers.
    """

    name: str
    label: str
    aliases: tuple[str, ...]
    help: str = ""
    text: bool = True
    labelled: bool = False
    organs: bool = False
    code: bool = False
    exact: bool = False
    scored: bool = False
    stored: bool = True


SPECS: Final = (
    FieldSpec("title", "标题", (), "Only articles whose title contains TEXT.", scored=True),
    FieldSpec(
        "issuer",
        "发文机关",
        ("机关",),
        "Only articles whose issuer (发文机关) contains TEXT.",
        organs=True,
    ),
    FieldSpec(
        "number",
        "发文字号",
        ("文号",),
        "Only articles whose document number (发文字号) contains TEXT.",
        code=True,
        exact=True,
    ),
    FieldSpec("kind", "文种", (), "Only articles whose kind (文种) contains TEXT."),
    FieldSpec(
        "indexno",
        "索引号",
        (),
        "Only articles whose index number (索引号) contains TEXT.",
        labelled=True,
        code=True,
        exact=True,
    ),
    FieldSpec(
        "subject",
        "主题分类",
        ("主题",),
        "Only articles whose subject (主题分类) contains TEXT.",
        labelled=True,
    ),
    FieldSpec(
        "column", "栏目", ("版面",), "Only articles whose newspaper column (栏目) contains TEXT."
    ),
    FieldSpec("byline", "署名", ("作者",), "Only articles whose byline (署名) contains TEXT."),
    FieldSpec(
        "path",
        "路径",
        (),
        "Only articles whose path contains TEXT, or matches it: laws/*, or an absolute path.",
        exact=True,
        stored=False,
    ),
    FieldSpec("date", "日期", ("成文日期",), text=False, stored=False),
    FieldSpec("published", "发布日期", (), text=False, stored=False),
)

# The names of fields in a query, folded.
FIELDS: Final = {
    name: spec.name for spec in SPECS for name in (spec.name, spec.label, *spec.aliases)
}
# The fields compared as texts, and of these the ones with a column in the index.
TEXTS: Final = tuple(spec.name for spec in SPECS if spec.text)
STORED: Final = tuple(spec.name for spec in SPECS if spec.stored)
LABELLED: Final = tuple(spec.name for spec in SPECS if spec.labelled)
ORGANS: Final = frozenset(spec.name for spec in SPECS if spec.organs)
CODES: Final = frozenset(spec.name for spec in SPECS if spec.code)
EXACT: Final = frozenset(spec.name for spec in SPECS if spec.exact)
SCORED_FIELDS: Final = frozenset(spec.name for spec in SPECS if spec.scored)
# The fields that are days, and the numbers that an index stores for each: the first and the
# last day that its value may mean.
DAYS: Final = {
    spec.name: (f"first_{spec.name}", f"last_{spec.name}") for spec in SPECS if not spec.text
}
# The fields to sort hits by.
FIRST_DAY: Final = DAYS["date"][0]
# The metadata of an article, in the order in which it is printed.
METADATA: Final = ("title", *DAYS, *(name for name in STORED if name != "title"))
