"""`lsq mcp`: a server for assistants."""

import click

from lsq.cli.options import index_option


@click.command()
@index_option
def mcp(location: str) -> None:
    """Let an assistant search the index: a server of the Model Context Protocol.

    It communicates on standard input and output, and only reads. The assistant's program starts
    it; see docs/assistants.md. It needs the extra mcp.

    \b
    Examples:
      lsq mcp -i /home/li/bulletins/index
    """
    from lsq.mcp import serve

    serve(location)
