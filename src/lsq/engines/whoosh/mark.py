"""The file `lsq.json`, which marks a folder as an index and says which data counts."""

import json
import os
from typing import NamedTuple

from lsq.engines import MARK, is_index
from lsq.engines.whoosh.layout import DICTIONARY, FORMAT_VERSION
from lsq.errors import DamagedError, ForeignIndexError, NoIndexError
from lsq.messages import _
from lsq.segment import Segmenter


class Mark(NamedTuple):
    """What `lsq.json` says.

    Attributes:
        data: the folder that counts.
        fingerprint: of the dictionary in it.
    """

    data: str
    fingerprint: str

    def segmenter(self) -> Segmenter:
        """Cuts words with that dictionary."""
        return Segmenter(os.path.join(self.data, DICTIONARY), self.fingerprint)


def read_mark(location: str) -> Mark:
    """What marks the folder at `location` as an index.

    Raises:
        NoIndexError: nothing does.
        ForeignIndexError: it is of another version of lsq.
        DamagedError: it cannot be understood.
        OSError: it cannot be read.
    """
    if not is_index(location):
        raise NoIndexError(location)
    try:
        with open(os.path.join(location, MARK), encoding="utf-8") as file:
            said = json.load(file)
        version = said["format_version"]
        if version == FORMAT_VERSION:
            return Mark(os.path.join(location, said["data"]), said["dictionary"])
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError(location) from error
    raise ForeignIndexError(
        _(
            "{location}: made by another version of lsq (format {version}, this one reads "
            "{format_version}); index again with: lsq index --rebuild PATH…"
        ).format(location=location, version=version, format_version=FORMAT_VERSION)
    )
