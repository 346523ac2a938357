"""The layout of pages: glyphs with positions → lines in reading order. Independent of formats.

    PageContent → frames (directions) → grids (tables, boxes), fragments → furniture
          → blocks → order (columns) → lines → Line with its typography

A reader of a format with positions passes the content of each page (`PageContent`), in any order.
Only geometry decides: white space, ruling lines, sizes and baselines.
"""

from lsq.readers.layout.continued import LaidOut
from lsq.readers.layout.page_content import PageContent, Rule, Run
from lsq.readers.layout.pages import lay_out, to_lines

__all__ = ["LaidOut", "PageContent", "Rule", "Run", "lay_out", "to_lines"]
