"""The table of fields, which all layers share.

A new field is a row here, an attribute of `lsq.model.Article`, a label in `lsq.text.labels` or
code in `lsq.extract` that fills it, and its type in the JSON schema. The parser, filters,
options, engines and formats follow the table.
"""

from typing import Final, NamedTuple


class FieldSpec(NamedTuple):
    """A field.

    Attributes:
        name: its name in queries, options, JSON, tables and the index.
        label: its Chinese name, shown in Chinese output and accepted in queries.
        aliases: other names accepted in queries, folded.
        help: the help of its option; empty for fields with options of their own.
        text: its value is compared as text, not as days.
        labelled: its value is copied from a label in the document.
        organs: its values are names of organs, which may have several (`lsq.query.keys`).
        code: its values are codes such as 国办发〔2020〕12号: white space is ignored, and a
            literal may neither begin nor end between two digits.
        exact: its values are not segmented into words: a chunk in it is a literal.
        scored: matches in it are scored; other fields only filter.
        stored: engines keep its normalized value in a text column; days have columns of
            numbers, and a path is stored differently.
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
# The fields that are compared as text; the fields with a text column in the index.
TEXTS: Final = tuple(spec.name for spec in SPECS if spec.text)
STORED: Final = tuple(spec.name for spec in SPECS if spec.stored)
LABELLED: Final = tuple(spec.name for spec in SPECS if spec.labelled)
ORGANS: Final = frozenset(spec.name for spec in SPECS if spec.organs)
CODES: Final = frozenset(spec.name for spec in SPECS if spec.code)
EXACT: Final = frozenset(spec.name for spec in SPECS if spec.exact)
SCORED_FIELDS: Final = frozenset(spec.name for spec in SPECS if spec.scored)
# The date fields, each with its two columns: the first and the last day that it may mean.
DAYS: Final = {
    spec.name: (f"first_{spec.name}", f"last_{spec.name}") for spec in SPECS if not spec.text
}
# The column that hits are sorted by date with.
FIRST_DAY: Final = DAYS["date"][0]
# The metadata of an article, in the order of printing.
METADATA: Final = ("title", *DAYS, *(name for name in STORED if name != "title"))
