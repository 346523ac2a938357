"""An index on a cluster, held by OpenSearch. The only package that imports opensearch-py.

To search:

    access      what a URL names; credentials and certificates
    clients     which nodes answer and are asked, and how long an answer is waited for
    failures    what a cluster answers, in lsq's words; documents that are damaged
    documents   what is stored of an article, and back
    stored_dictionary    kept with the index, and in a cache here
    snapshot    one state of the index; asking, page by page
    clauses     what matches, in OpenSearch's language
    post_filter what only texts and values can decide
    ranking     how well articles match: `lsq.engines.bm25`, applied by the cluster;
                which come first: by tier and score, by date, by path

To write:

    lock        one writer
    indices     an index made, published, swapped
    bulk        many documents in a request, until all are acknowledged
    transaction documents in, requests out, made visible

`engine` puts it together as an `lsq.engines.Engine`.
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

from lsq.engines.opensearch.engine import OpenSearchEngine  # see above

__all__ = ["OpenSearchEngine"]
