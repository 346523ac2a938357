"""Create, publish and replace the index behind a name.

    bulletins             an alias of the current index, which is searched and updated
    bulletins-000001      an index; every rebuild increases the number
    bulletins-rebuild     an alias of the index that is being built

A rebuild fills a new index, then moves the alias to it: a search sees either the whole old index
or the whole new one. The numbers of shards and replicas are the cluster's defaults, or those of an
index template for `bulletins-*`.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from opensearchpy import OpenSearch, exceptions

from lsq.engines.opensearch.documents import (
    DICTIONARY_ID,
    FORMAT_VERSION,
    index_body,
    index_meta,
)
from lsq.engines.opensearch.failures import translate_errors, unpacking
from lsq.engines.opensearch.stored_dictionary import make_dictionary, segmenter, to_document
from lsq.errors import DamagedError, ForeignIndexError, NoIndexError
from lsq.messages import _
from lsq.segment import Segmenter, UserWord

# The first version with `delimited_term_freq`.
_OLDEST = (2, 10)
# A fingerprint becomes the name of a file, so no other form is allowed.
_FINGERPRINT = re.compile("[0-9a-f]{64}")


class Opened(NamedTuple):
    """An index behind a name.

    Attributes:
        name: its own name.
        fingerprint: that of its dictionary.
        root: the folder that its paths are relative to.
        is_first: whether its first update is still running, or was killed.
    """

    name: str
    fingerprint: str
    root: str
    is_first: bool = False


def find(client: OpenSearch, name: str, location: str, *, local: bool = False) -> Opened:
    """The index behind a name; with `local`, only the node that is asked answers.

    Raises:
        NoIndexError: there is none.
        ForeignIndexError: it is not lsq's, or of another version.
        DamagedError: its metadata is invalid.
    """
    index, meta = _behind(client, name, location, local=local)
    if not index:
        raise ForeignIndexError(
            _(
                "{location}: this name is taken by something that lsq did not make; choose another"
            ).format(location=location)
        )
    version = meta["lsq"]
    if version != FORMAT_VERSION:
        raise ForeignIndexError(
            _(
                "{location}: made by another version of lsq (format {version}, this one "
                "reads {format_version}); rebuild it with: lsq index --rebuild PATH…"
            ).format(location=location, version=version, format_version=FORMAT_VERSION)
        )
    with unpacking(location):
        if not _FINGERPRINT.fullmatch(meta["dictionary"]):
            raise ValueError(meta["dictionary"])
        root = os.path.abspath(meta["root"])
        return Opened(index, meta["dictionary"], root, meta.get("first") is True)


def open_segmenter(
    client: OpenSearch, opened: Opened, location: str, find: Callable[[], Opened]
) -> tuple[Opened, Segmenter]:
    """The open segmenter of an index, or of the index that has replaced it meanwhile.

    Args:
        client: of the cluster.
        opened: the index as it was found.
        location: as the user gave it.
        find: finds the index again, after a rebuild under another name.

    Raises:
        DamagedError, NoIndexError: it cannot be opened, and has not been replaced.
    """
    while True:
        try:
            found = segmenter(client, opened.name, opened.fingerprint, location)
            found.open()
        except (DamagedError, NoIndexError):
            before, opened = opened, find()
            if opened == before:
                raise
        else:
            return opened, found


def is_ours(client: OpenSearch, name: str, location: str) -> bool:
    """Whether lsq, of any version, made the index behind a name, in any state."""
    index, _meta = _behind(client, name, location)
    return bool(index)


def make(client: OpenSearch, name: str, location: str, root: str) -> None:
    """Make an empty index for a free name; harmless if others do so at once."""
    check_version(client, location)
    fingerprint, content = make_dictionary(())
    with translate_errors(location):
        index = f"{name}-000001"
        _create(client, index, index_meta(fingerprint, root, is_first=True), {})
        client.index(index=index, id=DICTIONARY_ID, body=to_document(content))
        client.indices.put_alias(index=index, name=name)


def end_first(client: OpenSearch, opened: Opened, location: str) -> None:
    """Note that the first update of an index is complete.

    Ignored if the user may not change the metadata.
    """
    body = {"_meta": index_meta(opened.fingerprint, opened.root)}
    with translate_errors(location), suppress(exceptions.AuthorizationException):
        client.indices.put_mapping(index=opened.name, body=body)


def make_rebuild(
    client: OpenSearch, name: str, location: str, root: str, user_words: Sequence[UserWord]
) -> Opened:
    """Make an empty index for a rebuild, with the alias for rebuilds; delete leftovers."""
    check_version(client, location)
    fingerprint, content = make_dictionary(user_words)
    with translate_errors(location):
        numbers = _sweep(client, name)
        index = f"{name}-{max(numbers, default=0) + 1:06d}"
        _create(client, index, index_meta(fingerprint, root), {rebuild_alias(name): {}})
        client.index(index=index, id=DICTIONARY_ID, body=to_document(content))
    return Opened(index, fingerprint, root)


def sweep(client: OpenSearch, name: str, location: str) -> None:
    """Delete the leftovers of killed rebuilds, under the writer lock.

    Ignored if the user may not delete indices.
    """
    with translate_errors(location), suppress(exceptions.AuthorizationException):
        _sweep(client, name)


def _sweep(client: OpenSearch, name: str) -> dict[int, str]:
    """Delete all indices of a name but the current one; return all there were, by number."""
    numbers = _numbers(client, name)
    current = _current(client, name)
    for index in numbers.values():
        if index not in current:
            client.indices.delete(index=index, params={"ignore": 404})
    return numbers


def _current(client: OpenSearch, name: str) -> set[str]:
    """The indices with the alias `name`; needs no permission for other indices."""
    found = client.indices.get_alias(index=f"{name}-*", name=name, params={"ignore": 404})
    return {index for index, described in found.items() if "aliases" in described}


def publish(client: OpenSearch, name: str, location: str, new: Opened) -> None:
    """Move a name to a new index, and delete the old one, in one step."""
    with translate_errors(location):
        actions: list[dict[str, Any]] = [
            {"add": {"index": new.name, "alias": name}},
            {"remove": {"index": new.name, "alias": rebuild_alias(name)}},
        ]
        actions += [{"remove_index": {"index": old}} for old in sorted(_current(client, name))]
        client.indices.update_aliases(body={"actions": actions})


def rebuild_alias(name: str) -> str:
    """The alias of the index that is being built."""
    return f"{name}-rebuild"


def delete(client: OpenSearch, index: str) -> None:
    """Delete an unfinished index."""
    client.indices.delete(index=index, params={"ignore": 404})


def check_version(client: OpenSearch, location: str) -> None:
    """Check that lsq can use this cluster.

    Raises:
        ForeignIndexError: it is not OpenSearch, or too old.
    """
    with translate_errors(location):
        version = client.info()["version"]
    number = version["number"]
    oldest = ".".join(map(str, _OLDEST))
    if version.get("distribution") != "opensearch":
        raise ForeignIndexError(
            _(
                "{location}: this is not OpenSearch ({number}); lsq needs OpenSearch "
                "{oldest} or newer"
            ).format(location=location, number=number, oldest=oldest)
        )
    if tuple(map(int, number.split(".")[:2])) < _OLDEST:
        raise ForeignIndexError(
            _("{location}: OpenSearch {number} is too old; lsq needs {oldest} or newer").format(
                location=location, number=number, oldest=oldest
            )
        )


def _behind(
    client: OpenSearch, name: str, location: str, *, local: bool = False
) -> tuple[str, dict[str, Any]]:
    """The index of lsq behind a name, and its metadata; "" for none."""
    with translate_errors(location):
        found = client.indices.get(index=name, params={"local": "true"} if local else None)
    for index, described in found.items() if len(found) == 1 else ():
        if index != name and (meta := _meta_of(described)):
            return index, meta
    return "", {}


def _meta_of(described: dict[str, Any]) -> dict[str, Any]:
    """The metadata of an index that lsq made; empty for another index."""
    meta: dict[str, Any] = described.get("mappings", {}).get("_meta", {})
    return meta if meta.get("lsq") is not None else {}


def _create(
    client: OpenSearch, index: str, meta: Mapping[str, Any], aliases: dict[str, Any]
) -> None:
    body = index_body(meta) | {"aliases": aliases}
    try:
        client.indices.create(index=index, body=body)
    except exceptions.RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


def _numbers(client: OpenSearch, name: str) -> dict[int, str]:
    """The indices made for a name, by their numbers."""
    indices = client.indices.get(index=f"{name}-*", params={"ignore": 404})
    pattern = re.compile(re.escape(name) + r"-([0-9]{6,})")
    return {
        int(numbered[1]): index
        for index, described in indices.items()
        if (numbered := pattern.fullmatch(index)) and _meta_of(described)
    }
