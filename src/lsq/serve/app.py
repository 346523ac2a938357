"""Turn a request into a page: knows the addresses; other modules make the pages."""

import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from werkzeug.wrappers import Request, Response

from lsq.errors import BusyError, EngineError, LsqError, QueryError, ReadError, UnknownIdError
from lsq.messages import _, is_chinese, speaking
from lsq.model import OcrMode
from lsq.serve import assets
from lsq.serve.guard import Guard, protected
from lsq.serve.indexes import ServedIndexes
from lsq.serve.page_frame import failed
from lsq.serve.page_request import PageRequest
from lsq.serve.page_view import PICTURE
from lsq.serve.search_view import search_page
from lsq.serve.trend_view import TREND, trend_page

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

# More than the fields of all forms.
_PARAMETERS: Final = 24
_LANGUAGE: Final = "lang"
_LANGUAGES: Final = ("zh", "en")
_YEAR_SECONDS: Final = 365 * 24 * 3600

Page = Callable[[ServedIndexes, PageRequest], str]
# Address → what makes the page.
_PAGES: Final[dict[str, Page]] = {"/": search_page, TREND: trend_page}


class App:
    """The pages of some indexes, as a WSGI application (PEP 3333).

    Args:
        locations: where the indexes are.
        mode: which pages to recognise, should their pictures be shown.
        guard: decides who is answered.
    """

    def __init__(self, locations: Sequence[str], mode: OcrMode, guard: Guard) -> None:
        self._indexes = ServedIndexes(locations, mode)
        self._guard = guard

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        request = Request(environ)
        response = protected(self._guard.refusal(request) or self._answered(request))
        return response(environ, start_response)

    def _answered(self, request: Request) -> Response:
        if request.path in assets.FILES:
            text, kind = assets.FILES[request.path]()
            return Response(text, mimetype=kind)
        given = _parameters(request)
        language = given.get(_LANGUAGE)
        if language not in _LANGUAGES:
            language = request.cookies.get(_LANGUAGE)
        if language not in _LANGUAGES:
            wanted = (tag[:2].lower() for tag, _quality in request.accept_languages)
            language = next((one for one in wanted if one in _LANGUAGES), None)
        with speaking(chinese=is_chinese() if language is None else language == "zh"):
            response = self._page(request.path, PageRequest.of(given))
        if given.get(_LANGUAGE) in _LANGUAGES:
            response.set_cookie(
                _LANGUAGE,
                given[_LANGUAGE],
                max_age=_YEAR_SECONDS,
                httponly=True,
                samesite="Strict",
            )
        return response

    def _page(self, path: str, asked: PageRequest) -> Response:
        """The page at an address; what fails is a page that says so."""
        if path == PICTURE:
            return self._picture(asked)
        make = _PAGES.get(path)
        if make is None:
            return _html(failed(self._indexes, asked, _("There is no such page.")), 404)
        try:
            return _html(make(self._indexes, asked))
        except LsqError as error:
            return _html(failed(self._indexes, asked, error, path), _status(error))
        except Exception as error:  # a defect costs one page, not the server
            traceback.print_exc(file=sys.stderr)
            said = _("internal error: {kind}: {error}")
            text = said.format(kind=type(error).__name__, error=error)
            return _html(failed(self._indexes, asked, text, path), 500)

    def _picture(self, asked: PageRequest) -> Response:
        """The picture of a page of an article."""
        try:
            with self._indexes.opened(asked.place) as index:
                article = index.article(asked.id)
            page = self._indexes.pages.page(article, asked.page)
        except LsqError as error:
            status = 404 if isinstance(error, ReadError) else _status(error)
            return Response(f"{error}\n", status=status, mimetype="text/plain")
        return Response(page.picture, mimetype=page.kind)


def _parameters(request: Request) -> dict[str, str]:
    """The parameters of an address; of those that are given twice, the last."""
    try:
        pairs = parse_qsl(
            request.query_string.decode("ascii", "replace"),
            keep_blank_values=True,
            errors="surrogateescape",  # a path need not be UTF-8
            max_num_fields=_PARAMETERS,
        )
    except ValueError:  # too many
        return {}
    return dict(pairs)


def _status(error: LsqError) -> int:
    """The status of a page that an error is on."""
    match error:
        case QueryError():
            return 400
        case UnknownIdError():
            return 404
        case BusyError() | EngineError():
            return 503
    return 500


def _html(page: str, status: int = 200) -> Response:
    # An article may have characters that no encoding has: names of files with other bytes.
    data: Any = page.encode("utf-8", "replace")
    return Response(data, status=status, mimetype="text/html")
