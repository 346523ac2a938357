"""Copy an index to another one, of any engine, without reading the files.

Articles are copied as stored, with the stamps of their files, and segmented again with the
same dictionary, which takes a small part of the time of reading the files.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from lsq.engines import Engine, Match
from lsq.engines.bm25 import prepared
from lsq.engines.stamps import read_of
from lsq.hit import StoredArticle
from lsq.indexing import Progress
from lsq.model import Article
from lsq.query import Everything
from lsq.readers.names import Distinct


def copy(
    source: Engine,
    target: Engine,
    *,
    wait: float = 0,
    tell: Callable[[Progress], None] = lambda _: None,
) -> int:
    """Replace the content of `target` by that of `source`.

    Args:
        source: the index to copy.
        target: the index to rebuild.
        wait: how long to wait for another writer of the target, in seconds.
        tell: called with the progress.

    Returns:
        The number of articles.

    Raises:
        LockedError, StorageError, UnreachableError: the target cannot be written to.
    """
    stamps = source.stamps()
    matches: dict[str, list[Match]] = {path: [] for path in read_of(stamps)}
    for match in source.search(Everything()).best:
        matches[_file_of(match.path, matches)].append(match)
    done, total = 0, sum(max(0, stamp.size) for stamp in stamps.values())
    words = list(source.segmenter.user_words().items())
    with target.rebuild(user_words=words, wait=wait) as changes:
        for path, stamp in stamps.items():
            documents = [
                prepared(article, changes.segmenter, target.prepare)
                for article in _distinct(source.found(matches.get(path, ())))
            ]
            changes.replace(path, stamp, documents)
            done += max(0, stamp.size)
            tell(Progress(done, total))
    return target.article_count()


def _distinct(articles: Iterable[StoredArticle]) -> Iterator[Article]:
    """The articles of a file, with ids made unique: old versions of lsq did not ensure this."""
    distinct: defaultdict[int, Distinct] = defaultdict(Distinct)  # by ordinal
    for found in articles:
        yield found.article._replace(path=distinct[found.ordinal](found.path))


def _file_of(path: str, files: dict[str, list[Match]]) -> str:
    """The file of a bulletin, or the archive that contains it."""
    while path not in files:
        path = os.path.dirname(path)
        if not path:
            raise ValueError("an article of no file")
    return path
