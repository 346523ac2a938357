"""Find out whether a port that should speak TLS speaks plain http, by its answers.

The messages of OpenSSL about such a port differ between versions.
"""

import socket
import ssl
from contextlib import suppress
from urllib.parse import urlsplit

# In seconds, for each of connecting, sending and receiving.
_PATIENCE = 1.0
_HTTPS = 443
_BEGINNING = b"HTTP/"
# The first bytes of a message of TLS: alert or handshake, and the major version (RFC 8446, 5.1).
_TLS = (b"\x15\x03", b"\x16\x03")
_QUESTION = b"HEAD / HTTP/1.0\r\n\r\n"


def speaks_http(location: str) -> bool:
    """Whether a node of a location answers in http, and not in TLS.

    A port for TLS may answer a plain request with an error in http, so TLS is tried first. No
    credentials are sent.

    Args:
        location: the URL of an index; it may name several nodes.
    """
    for host in urlsplit(location).netloc.split(","):
        # Others may answer with an error, or close the connection, or wait for the end of a line.
        if not (_answer(host, _hello()) or b"").startswith(_TLS):
            answer = _answer(host, _QUESTION)
            if answer is not None:
                return answer == _BEGINNING
    return False


def _hello() -> bytes:
    """The first message of TLS."""
    sent = ssl.MemoryBIO()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with suppress(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), sent, server_hostname="localhost").do_handshake()
    return sent.read()


def _answer(host: str, message: bytes) -> bytes | None:
    """The beginning of the answer to a message; None without a connection or an answer."""
    place = urlsplit(f"//{host}")
    try:
        address = place.hostname or "", place.port or _HTTPS
        with socket.create_connection(address, _PATIENCE) as port:
            port.sendall(message)
            answer = b""
            while len(answer) < len(_BEGINNING) and (more := port.recv(len(_BEGINNING))):
                answer += more
            return answer[: len(_BEGINNING)]
    except (OSError, ValueError):
        return None
