"""What is stored of an article, and what the files in the folder of an index are called."""

from itertools import chain
from typing import Final

from lsq.query.fields import DAYS, STORED

# Changes with every change of what is stored, and of how it is folded and cut.
FORMAT_VERSION: Final = 5

# What the names of folders of data begin with.
DATA: Final = "data-"

# The file, beside the store's, that holds the dictionary words are cut with.
DICTIONARY: Final = "dictionary.words"

# What the names of files end with that no commit can name yet.
UNFINISHED: Final = ".tmp"

# The columns: of bytes, or of numbers, by their type as the module `array` names it.
BYTES: Final = "bytes"
COLUMNS: Final = {
    # The bulletin, relative to the index folder.
    "path": BYTES,
    "ordinal": "I",
    # The file it was read from, likewise: the bulletin itself or an archive.
    "source": BYTES,
    # Size, time and digest of that file, to tell whether it has changed.
    "stamp": BYTES,
    # How many words there are, exactly and in Lucene's one byte.
    "length": "I",
    "norm": "B",
    # What its text has that its squeezed text has not.
    "spaces": BYTES,
    # The fields as they are compared; nothing for none.
    **dict.fromkeys(STORED, BYTES),
    # The first and the last day that each of its dates may mean: 20200826; 0 for none.
    **dict.fromkeys(chain.from_iterable(DAYS.values()), "I"),
    # What is shown: JSON, compressed by zlib. No class of ours is pickled.
    "article": BYTES,
}
