"""Serve the protocol with the official SDK: list the tools, and answer calls."""

import logging
from typing import Any

import anyio
import jsonschema
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

from lsq import __version__
from lsq.errors import LsqError, QueryError, UnknownIdError
from lsq.index import open_index
from lsq.mcp.bounded import Object, as_text
from lsq.mcp.guide import INSTRUCTIONS
from lsq.mcp.tools import TOOLS, Tool
from lsq.messages import _

_READS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_LISTED = [
    types.Tool(
        name=tool.name,
        description=tool.description,
        input_schema=tool.input_schema(),
        output_schema=tool.output_schema(),
        annotations=_READS,
    )
    for tool in TOOLS
]
# In characters: how much of a query an error message quotes on either side of the position, and the
# maximum length of a message.
_QUOTED = 100
_REASON = 1_000
_BY_NAME = {tool.name: tool for tool in TOOLS}


def run(location: str) -> None:
    """Answer on standard input and output until the input ends.

    Args:
        location: that of the index, which is opened for each call: so every answer is of its
            current state, and it need not exist yet.
    """
    logging.disable()  # the SDK's messages on stderr are for its developers
    anyio.run(_answer_all, location)


async def _answer_all(location: str) -> None:
    async def list_tools(
        _context: ServerRequestContext, _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=_LISTED)

    async def call_tool(
        _context: ServerRequestContext, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        # In a thread, so that a long search does not delay other calls.
        return await anyio.to_thread.run_sync(
            call, location, params.name, params.arguments or {}, abandon_on_cancel=True
        )

    server: Server[Any] = Server(
        "lsq",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def call(location: str, name: str, arguments: Object) -> types.CallToolResult:
    """The result of a call: an answer, or an error that the assistant can correct."""
    tool = _BY_NAME.get(name)
    if tool is None:
        return _refused(f"no tool {name[:_QUOTED]}; there are: {', '.join(_BY_NAME)}")
    try:
        jsonschema.validate(arguments, tool.input_schema())
        answer = _answer(location, tool, arguments)
    except jsonschema.ValidationError as error:
        return _refused(f"{error.json_path}: {error.message}")
    except QueryError as error:
        return _refused(_mistake(error))
    except UnknownIdError:
        name = str(arguments.get("id", arguments.get("name")))
        reason = _("{name}: no article has this id, number or title; search for it, and use an id")
        return _refused(reason.format(name=name[:_QUOTED]))
    except LsqError as error:
        return _refused(str(error))
    return types.CallToolResult(
        content=[types.TextContent(text=as_text(answer))], structured_content=answer
    )


def _answer(location: str, tool: Tool, arguments: Object) -> Object:
    with open_index(location, create=False) as index:
        return tool.run(index, arguments)


def _mistake(error: QueryError) -> str:
    """The message for an invalid query; a long query is cut around the error."""
    query, position = error.query, error.position
    if len(query) > 2 * _QUOTED:
        begin = max(0, position - _QUOTED)
        query = f"…{query[begin : position + _QUOTED]}…"
    return _("{reason}, at character {number} of {query}").format(
        reason=error.reason, number=position + 1, query=query
    )


def _refused(reason: str) -> types.CallToolResult:
    if len(reason) > _REASON:
        reason = f"{reason[:_REASON]}…"
    return types.CallToolResult(content=[types.TextContent(text=reason)], is_error=True)
