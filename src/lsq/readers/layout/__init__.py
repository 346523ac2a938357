"""Pages as they are printed: glyphs with places → lines in reading order. Knows no format.

    Sheet → frames (directions) → grids (tables, boxes), fragments → furniture
          → blocks → order (columns) → lines → Line with how it is set

A reader of a format with positions passes the content of each page (`Sheet`); the order in which a
file draws it does not matter. Only geometry decides: white space, ruling lines, sizes and
baselines.
"""

from lsq.readers.layout.continued import LaidOut
from lsq.readers.layout.glyphs import Rule, Run, Sheet
from lsq.readers.layout.pages import lay_out, to_lines

__all__ = ["LaidOut", "Rule", "Run", "Sheet", "lay_out", "to_lines"]
