"""Authorise requests with a token, then a cookie; set the security headers of responses.

Other users of the machine and pages of other sites can reach 127.0.0.1 too. Therefore every
request needs the token or the cookie, the `Host` header is checked against DNS rebinding, and
the Content-Security-Policy keeps text of documents from running or loading anything.

Sources: https://www.w3.org/TR/CSP3/, https://fetch.spec.whatwg.org/#origin-header,
https://www.w3.org/TR/fetch-metadata/, RFC 6265bis (cookies), RFC 9110 (methods).
"""

import hmac
import secrets
from threading import Lock
from typing import Final

from werkzeug.wrappers import Request, Response

HOST: Final = "127.0.0.1"
TOKEN: Final = "token"  # noqa: S105  # the name of a parameter
_TICKET: Final = "ticket"
# Browsers omit it from the Host header.
_DEFAULT_PORT: Final = 80

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Decides which requests are answered.

    Args:
        port: the port of the server.
        token: the secret that authorises a browser.
    """

    def __init__(self, port: int, token: str) -> None:
        self._hosts = {f"{HOST}:{port}", f"localhost:{port}"}
        if port == _DEFAULT_PORT:
            self._hosts |= {HOST, "localhost"}
        # Cookies are shared by all ports of a host.
        self._cookie = f"lsq_{port}"
        self._token = token
        self._base = f"http://{HOST}:{port}/"
        self._ticket: str | None = None
        self._lock = Lock()

    @property
    def address(self) -> str:
        """The address for the user."""
        return f"{self._base}?{TOKEN}={self._token}"

    def ticket(self) -> str:
        """A new address that authorises one browser, once.

        The browser is started with it instead of the token, because other users can see the
        arguments of a process.
        """
        self._ticket = secrets.token_urlsafe(32)
        return f"{self._base}?{_TICKET}={self._ticket}"

    def refusal(self, request: Request) -> Response | None:
        """The response to an unauthorised request; None if the request is authorised."""
        if request.headers.get("Host", "") not in self._hosts:
            return _plain_response(421, "This is the page of lsq at another address.")
        origin = request.headers.get("Origin")
        if origin is not None and origin not in {f"http://{host}" for host in self._hosts}:
            return _plain_response(403, "Other sites may not ask here.")
        if request.method not in {"GET", "HEAD"}:
            refused = _plain_response(405, "This page only reads.")
            refused.headers["Allow"] = "GET, HEAD"
            return refused
        if {TOKEN, _TICKET} & set(request.args):
            return self._admit(request)
        if not self._is_same(request.cookies.get(self._cookie, ""), self._token):
            return _plain_response(403, "Open the address that lsq serve has printed.")
        return None

    def _admit(self, request: Request) -> Response:
        """Exchange the token or the ticket for a cookie, and redirect to an address without it."""
        known = self._is_same(request.args.get(TOKEN, ""), self._token)
        if not (known or self._redeem(request.args.get(_TICKET, ""))):
            return _plain_response(403, "Open the address that lsq serve has printed.")
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            # A strict cookie is only sent when one of our own pages leads to the next.
            response = Response(
                '<!DOCTYPE html><meta http-equiv="refresh" content="0; url=/"><title>lsq</title>',
                mimetype="text/html",
            )
        else:
            response = Response(status=303, headers={"Location": "/"})
        response.set_cookie(self._cookie, self._token, httponly=True, samesite="Strict")
        return response

    def _redeem(self, ticket: str) -> bool:
        """Whether this is the ticket, which is then spent."""
        with self._lock:
            if self._ticket is None or not self._is_same(ticket, self._ticket):
                return False
            self._ticket = None
            return True

    @staticmethod
    def _is_same(given: str, secret: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def with_headers(response: Response) -> Response:
    """Add the security headers to a response."""
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response


def _plain_response(status: int, text: str) -> Response:
    return Response(f"{text}\n", status=status, mimetype="text/plain")
