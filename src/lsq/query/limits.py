"""How large a query may be: far beyond what people write, and within what can be answered.

What a query takes grows with its terms, each of which is looked for in all texts; what is
larger is refused, and told where it becomes too large.
"""

from typing import Final

# In characters: a pasted page has some two thousand.
MAX_LENGTH: Final = 10_000
# Literals, runs, expressions, dates and stars together (Lucene: 1,024 clauses).
MAX_TERMS: Final = 1000
# Sentences, paragraphs and nearness, each of which is looked for in many texts.
MAX_JOINTS: Final = 100
# How deep groups and negations may nest, and groups inside of an expression: far below
# what Python's own stack allows.
MAX_DEPTH: Final = 50
# In characters; more than a page is not near.
MAX_DISTANCE: Final = 1000
# How many characters a regular expression has, each as often as it is to be repeated at
# least; it then takes some 7 MB.
MAX_SIZE: Final = 20_000
