"""What readers leave out of a document's text on purpose, and how often it is there.

What every page repeats, and what editors say about a text, would be found where no
reader of the document sees it; so it is no part of the text, but it is counted.
"""

# Kinds, as `Bulletin.left_out` names them.
HEADER = "header"
COMMENT = "comment"
PICTURE = "picture"
WORDLESS = "wordless"
