"""The dictionary for segmentation: stored with the index, and cached on this machine.

It is a document of the index, so that every machine segments queries as the documents were. The
first time, it is fetched to the user's cache folder, under its fingerprint, as a file that
`lsq.segment` maps into memory.
"""

import zlib
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from opensearchpy import OpenSearch, exceptions
from platformdirs import user_cache_path

from lsq.disk import write_file
from lsq.engines.opensearch.documents import DICTIONARY, DICTIONARY_ID, binary
from lsq.engines.opensearch.failures import translate_errors, unpacking
from lsq.errors import DamagedError, DictionaryError, StorageError
from lsq.messages import _, system_message
from lsq.segment import Segmenter, UserWord
from lsq.segment.dictionary import open_dictionary

# Of zlib: a dictionary is made once and fetched often.
_LEVEL = 9


def make_dictionary(user_words: Sequence[UserWord]) -> tuple[str, bytes]:
    """A dictionary for an index: its fingerprint and its content."""
    from lsq.segment.making import write_dictionary

    with TemporaryDirectory(prefix="lsq-") as folder:
        path = Path(folder, DICTIONARY)
        return write_dictionary(path, user_words), path.read_bytes()


def to_document(content: bytes) -> dict[str, Any]:
    """The document of a dictionary."""
    packed = b64encode(zlib.compress(content, _LEVEL)).decode()
    return {"record": DICTIONARY, "dictionary": packed}


def segmenter(client: OpenSearch, index: str, fingerprint: str, location: str) -> Segmenter:
    """The segmenter with the dictionary of an index, fetched unless a usable one is cached.

    Raises:
        DamagedError: the index has no dictionary, or another one.
        StorageError: it cannot be cached.
    """
    path = user_cache_path("lsq") / "dictionaries" / fingerprint
    if not _is_usable(path, fingerprint):
        with translate_errors(location):
            try:
                found = client.get(index=index, id=DICTIONARY_ID)
            except exceptions.NotFoundError as error:
                raise DamagedError(location) from error
        with unpacking(location):
            content = zlib.decompress(binary(found["_source"], "dictionary"))
        _keep(path, content)
        if not _is_usable(path, fingerprint):
            raise DamagedError(location)
    return Segmenter(path, fingerprint)


def _is_usable(path: Path, fingerprint: str) -> bool:
    """Whether a complete dictionary is cached, in the format of this version of lsq."""
    try:
        open_dictionary(path, fingerprint).close()
    except DictionaryError:
        return False
    return True


def _keep(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(path, content, durable=False)
    except OSError as error:
        raise StorageError(
            _("{folder}: the dictionary cannot be stored there: {answer}").format(
                folder=path.parent, answer=system_message(error)
            )
        ) from error
