"""A server that lets assistants search an index: the Model Context Protocol over stdio.

tools    what an assistant can ask for: what goes in, what comes out
bounded  how much of an answer fits, and where to go on
guide    its instructions for the query language
server   the protocol; the only module that imports the SDK, which is the extra `mcp`

Everything only reads.

Source: https://modelcontextprotocol.io/specification
"""

from lsq.errors import ExtraError


def serve(location: str) -> None:
    """Answer on standard input and output until the input ends.

    Args:
        location: of the index, a folder or the URL of one on a cluster.

    Raises:
        ExtraError: the extra is not installed.
    """
    try:
        from lsq.mcp import server
    except ModuleNotFoundError as error:
        raise ExtraError("mcp") from error
    server.run(location)
