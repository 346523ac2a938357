"""An index on a cluster of OpenSearch. The only package that imports opensearch-py.

To search:

    access      parses the URL; credentials and certificates
    clients     clients of the nodes that answer
    failures    translates errors of the cluster, and of damaged documents
    plain_port  whether a port speaks plain http, not TLS
    documents   the fields of documents; articles as documents, and back
    stored_dictionary    the dictionary in the index, and its copy in a cache
    snapshot    one state of the index; requests, page by page
    clauses     queries in OpenSearch's query language
    post_filter conditions that only texts and values decide
    ranking     scores and order, computed by the cluster

To write:

    lock        the writer lock
    indices     creates, publishes and replaces indices
    bulk        sends many documents in a request, with retries
    transaction a change to the index

`engine` is the `lsq.engines.Engine` made of these.
"""

from importlib.util import find_spec

from lsq.errors import LocationError
from lsq.messages import _

if find_spec("opensearchpy") is None or find_spec("platformdirs") is None:
    raise LocationError(
        _(
            "an index on a cluster needs the extra opensearch: "
            "pip install 'lsq-bulletins[opensearch]'"
        )
    )

from lsq.engines.opensearch.engine import OpenSearchEngine  # imports opensearch-py

__all__ = ["OpenSearchEngine"]
