"""The WSGI application: route a request to the module that makes its page."""

import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from werkzeug.wrappers import Request, Response

from lsq.errors import BusyError, EngineError, LsqError, QueryError, ReadError, UnknownIdError
from lsq.messages import _, is_chinese, use_language
from lsq.model import OcrMode
from lsq.serve import assets
from lsq.serve.guard import Guard, with_headers
from lsq.serve.indexes import ServedIndexes
from lsq.serve.page_frame import error_page
from lsq.serve.page_request import PageRequest
from lsq.serve.page_view import PICTURE
from lsq.serve.search_view import search_page
from lsq.serve.trend_view import TREND, trend_page

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

# More than all forms have.
_MAX_PARAMETERS: Final = 24
_LANGUAGE: Final = "lang"
_LANGUAGES: Final = ("zh", "en")
_YEAR_SECONDS: Final = 365 * 24 * 3600

Page = Callable[[ServedIndexes, PageRequest], str]
# Path → the function that makes the page.
_PAGES: Final[dict[str, Page]] = {"/": search_page, TREND: trend_page}


class App:
    """The pages of some indexes, as a WSGI application (PEP 3333).

    Args:
        locations: the locations of the indexes.
        mode: which pages to recognise when they are shown as pictures.
        guard: authorises requests.
    """

    def __init__(self, locations: Sequence[str], mode: OcrMode, guard: Guard) -> None:
        self._indexes = ServedIndexes(locations, mode)
        self._guard = guard

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        http = Request(environ)
        response = with_headers(self._guard.refusal(http) or self._respond(http))
        return response(environ, start_response)

    def _respond(self, http: Request) -> Response:
        if http.path in assets.FILES:
            text, kind = assets.FILES[http.path]()
            return Response(text, mimetype=kind)
        parameters = _parameters(http)
        chosen = parameters.get(_LANGUAGE)
        language = _language(http, chosen)
        with use_language(chinese=is_chinese() if language is None else language == "zh"):
            response = self._page(http.path, PageRequest.parse(parameters))
        if chosen in _LANGUAGES:
            response.set_cookie(
                _LANGUAGE, chosen, max_age=_YEAR_SECONDS, httponly=True, samesite="Strict"
            )
        return response

    def _page(self, path: str, request: PageRequest) -> Response:
        """The page at a path, or an error page."""
        if path == PICTURE:
            return self._picture(request)
        make = _PAGES.get(path)
        if make is None:
            return _html(error_page(self._indexes, request, _("There is no such page.")), 404)
        try:
            return _html(make(self._indexes, request))
        except LsqError as error:
            return _html(error_page(self._indexes, request, error, path), _status(error))
        except Exception as error:  # a bug must not end the server
            traceback.print_exc(file=sys.stderr)
            message = _("internal error: {kind}: {error}")
            text = message.format(kind=type(error).__name__, error=error)
            return _html(error_page(self._indexes, request, text, path), 500)

    def _picture(self, request: PageRequest) -> Response:
        """The picture of a page of an article."""
        try:
            with self._indexes.opened(request.place) as index:
                article = index.article(request.id)
            page = self._indexes.pages.page(article, request.page)
        except LsqError as error:
            status = 404 if isinstance(error, ReadError) else _status(error)
            return Response(f"{error}\n", status=status, mimetype="text/plain")
        return Response(page.picture, mimetype=page.kind)


def _language(http: Request, chosen: str | None) -> str | None:
    """The language of a page: that chosen in the URL, else the cookie's, else the browser's."""
    accepted = (tag[:2].lower() for tag, _quality in http.accept_languages)
    candidates = (chosen, http.cookies.get(_LANGUAGE), *accepted)
    return next((one for one in candidates if one in _LANGUAGES), None)


def _parameters(http: Request) -> dict[str, str]:
    """The parameters of a URL; of a repeated one, the last value."""
    try:
        pairs = parse_qsl(
            http.query_string.decode("ascii", "replace"),
            keep_blank_values=True,
            errors="surrogateescape",  # a path need not be UTF-8
            max_num_fields=_MAX_PARAMETERS,
        )
    except ValueError:  # too many
        return {}
    return dict(pairs)


def _status(error: LsqError) -> int:
    """The HTTP status for an error."""
    match error:
        case QueryError():
            return 400
        case UnknownIdError():
            return 404
        case BusyError() | EngineError():
            return 503
    return 500


def _html(page: str, status: int = 200) -> Response:
    # File names that are not UTF-8 contain surrogates, which cannot be encoded.
    data: Any = page.encode("utf-8", "replace")
    return Response(data, status=status, mimetype="text/html")
