"""A server that lets assistants search an index: the Model Context Protocol over stdio.

tools    the tools, with their arguments and answers
bounded  answers of limited size, with the offset of the rest
guide    instructions for assistants, and the descriptions of the tools
server   the protocol; the only module that imports the SDK, the extra `mcp`

No tool changes anything.

Source: https://modelcontextprotocol.io/specification
"""

from lsq.errors import ExtraError


def serve(location: str) -> None:
    """Answer on standard input and output until the input ends.

    Args:
        location: that of the index: a folder, or a URL of a cluster.

    Raises:
        ExtraError: the extra is not installed.
    """
    try:
        from lsq.mcp import server
    except ModuleNotFoundError as error:
        raise ExtraError("mcp") from error
    server.run(location)
