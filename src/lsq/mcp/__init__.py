"""A server that lets assistants search an index: the Model Context Protocol over stdio.

tools    the tools: their arguments and answers
bounded  limits the size of answers
guide    instructions for the assistant
server   the protocol; the only module that imports the SDK, which is the extra `mcp`

The server only reads.

Source: https://modelcontextprotocol.io/specification
"""

from lsq.errors import ExtraError


def serve(location: str) -> None:
    """Answer on standard input and output until the input ends.

    Args:
        location: the index: a folder, or the URL of an index on a cluster.

    Raises:
        ExtraError: the extra is not installed.
    """
    try:
        from lsq.mcp import server
    except ModuleNotFoundError as error:
        raise ExtraError("mcp") from error
    server.run(location)
