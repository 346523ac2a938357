"""The instructions for assistants, and the descriptions of the tools."""

INSTRUCTIONS = """\
lsq searches a local collection of Chinese government bulletins: laws, notices, gazettes,
newspapers. It finds text literally, in Simplified and Traditional characters alike, and
across line breaks. Search in Chinese, with the words that an official text would use; a law
is found by its name.

Work in three steps:
1. `search` with a short query. `total` is the number of articles that match, `literal_total` the
   number of those that contain the query literally. For more hits, set `offset` to `next_offset`.
2. `show` an article by the `id` of a hit to read it. Do not judge by a snippet alone.
3. Quote exactly, with the title, the number, the date, and the path with its line or page.

If nothing is found, `hints` has the parts of the query that no article contains, and similar
strings that articles contain. Then drop words, use OR, or search with `any`, which ranks the
articles by how many of a question's words they have. Do not conclude from one query that something
does not exist.

The query language:
  国土空间规划            a run: literally, or all its words; literal matches come first
  "数据安全"              literally
  百山祖 国家公园         both
  瓯江 OR 百山祖          at least one
  百山祖 -瓯江            the first without the second
  title:超市              in the title; also issuer:国务院, kind:通知, path:laws/
  number:国办发〔2020〕12号  by its document number
  date:2020..2021         made in these years; also date:2020-08, date:2020..
  同句(罚款 没收)         both in one sentence; 同段(…) in one paragraph
  近/20(罚款 没收)        within 20 characters
  /第[一二三]+条/         a regular expression
  (罚款 OR 没收) 违法     groups
An article's date is when it was made; dates, issuers and numbers may be unknown (null).
"""

SEARCH = """\
Search the bulletins. Returns the best articles first, each with its id, title, date, issuer,
number, place and snippets. `match` is how it matches: title or number, if these are the query;
literal, if it contains the query literally; synonym; or words, if only these match. At most 20 KB;
`next_offset` is the offset of the next hit, null at the end. If nothing is found, `hints` suggests
other queries. `incomplete` is true while the index is being built, so there may be more."""

SHOW = """\
Read one article by its id, or by its number or title if only one article has it: its metadata,
and its paragraphs with their line or page. At most 20 KB; `next_paragraph` is the number of the
next one, null at the end."""

FACETS = """\
Count the matching articles by issuer, kind, year and folder. Each row is a value with the number
of matching `articles`, the number `of` articles with it in the index, and the `query` for the
matching ones, the most frequent values first. At most 20 KB; `next_offset` is the offset of the
next row, null at the end."""

TREND = """\
How often a query occurs, by year or other periods, or by issuer, kind or folder: occurrences,
articles, `of` how many, and per million characters, which is what to compare. `summary` has the
first and the last occurrence, and what the index lacks: undated articles and the span of its
dates. The text of a law is that of its last amendment. At most 20 KB; `next_offset` is the offset
of the next row, null at the end."""

CITE = """\
The references in an article (`direction` from), or those to it (to): each with its place, its text,
and its `target`, null if that is not in the index. `version` is how one of several versions of a
law was chosen; `later` means that it is newer than the citing text. At most 20 KB; `next_offset`
is the offset of the next reference, null at the end."""

INFO = """\
What the index contains: how many files and articles, how many pages were recognised (OCR) and
may have wrong characters, how many files were skipped by kind, and how many could not be read."""
