"""Access to a cluster: URLs, credentials, certificates, and messages about failures."""

import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from lsq.engines.opensearch.access import Location, client_options, parse_location
from lsq.errors import LocationError
from tests.cluster import free_ports
from tests.conftest import Program


@pytest.mark.parametrize(
    ("url", "hosts", "name"),
    [
        ("https://a.example:9200/bulletins", ["https://a.example:9200"], "bulletins"),
        ("https://a:1,b:2/gov-2020_x.y/", ["https://a:1", "https://b:2"], "gov-2020_x.y"),
        ("https://a.example/search/os/b", ["https://a.example/search/os"], "b"),
        ("http://localhost:9200/b", ["http://localhost:9200"], "b"),
        ("http://127.0.0.1:9200,[::1]:9201/b", ["http://127.0.0.1:9200", "http://[::1]:9201"], "b"),
    ],
)
def test_a_url_names_hosts_and_an_index(url: str, hosts: list[str], name: str) -> None:
    assert parse_location(url) == Location(tuple(hosts), name)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://a.example:9200", "the name of an index has"),
        ("https://a.example:9200/", "the name of an index has"),
        ("https://a.example:9200/Bulletins", "lower-case letters"),
        ("https://a.example:9200/_all", "lower-case letters"),
        ("https://a.example:9200/*", "lower-case letters"),
        ("https://a.example:9200/b?pretty", "not a location"),
        ("https:///b", "not a location"),
        ("https://a b/b", "not a location"),
        ("https://me:secret@a.example/b", "credentials in the location"),
        ("http://a.example:9200/b", "LSQ_ALLOW_PLAINTEXT=1"),
        ("http://127.0.0.1:9200,10.0.0.1:9200/b", "LSQ_ALLOW_PLAINTEXT=1"),
        ("http://localhost.example:9200/b", "LSQ_ALLOW_PLAINTEXT=1"),
    ],
)
def test_other_urls_are_refused(url: str, said: str) -> None:
    with pytest.raises(LocationError, match=said) as error:
        parse_location(url)
    assert "secret" not in str(error.value)


def test_plain_http_is_allowed_on_this_machine_or_by_a_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LSQ_ALLOW_PLAINTEXT", "1")
    assert parse_location("http://a.example:9200/b").hosts == ("http://a.example:9200",)


HERE = Location(("https://a.example:9200",), "b")


@pytest.mark.parametrize(
    ("environment", "options"),
    [
        ({}, {}),
        ({"LSQ_USER": "me", "LSQ_PASSWORD": "s"}, {"http_auth": ("me", "s")}),
        ({"LSQ_TOKEN": "t"}, {"headers": {"authorization": "Bearer t"}}),
        ({"LSQ_API_KEY": "k"}, {"headers": {"authorization": "ApiKey k"}}),
        ({"LSQ_CA_FILE": __file__}, {"ca_certs": __file__}),
        (
            {"LSQ_CLIENT_CERT": __file__, "LSQ_CLIENT_KEY": __file__},
            {"client_cert": __file__, "client_key": __file__},
        ),
    ],
)
def test_credentials_become_options_of_the_client(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], options: dict[str, Any]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    expected = {"hosts": list(HERE.hosts), "verify_certs": True} | options
    assert client_options(HERE) == expected


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LSQ_USER": "me"}, "set both"),
        ({"LSQ_PASSWORD": "s"}, "set both"),
        ({"LSQ_TOKEN": "t", "LSQ_API_KEY": "k"}, "set one of them"),
        ({"LSQ_CA_FILE": "nowhere.pem"}, "nowhere.pem: no such file"),
        ({"LSQ_CREDENTIALS": "nowhere.toml"}, "cannot be read"),
    ],
)
def test_contradicting_credentials_are_refused(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(LocationError, match=said):
        client_options(HERE)


def credentials(folder: Path, content: str, mode: int = 0o600) -> str:
    file = folder / "credentials.toml"
    file.write_text(content, "utf-8")
    file.chmod(mode)
    return str(file)


def test_credentials_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = credentials(tmp_path, 'user = "me"\npassword = "of the file"\n')
    monkeypatch.setenv("LSQ_CREDENTIALS", file)
    assert client_options(HERE)["http_auth"] == ("me", "of the file")
    monkeypatch.setenv("LSQ_PASSWORD", "of the environment")
    assert client_options(HERE)["http_auth"] == ("me", "of the environment")


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        ('token = "secret"', 0o644, "others can read"),
        ("token = secret", 0o600, "not TOML"),
        ('tokn = "secret"', 0o600, "tokn: unknown key"),
        ("token = 1", 0o600, "token: unknown key"),
    ],
)
def test_an_invalid_file_of_credentials_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str, mode: int, said: str
) -> None:
    monkeypatch.setenv("LSQ_CREDENTIALS", credentials(tmp_path, content, mode))
    with pytest.raises(LocationError, match=said) as error:
        client_options(HERE)
    assert "secret" not in str(error.value)


@contextmanager
def answering(status: int, answer: Any, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server that gives one answer to whatever is asked; gives its host and port."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = answer  # noqa: N815  # the names that the library calls

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


ELASTICSEARCH = {"version": {"number": "8.1.0"}}
OLD = {"version": {"number": "1.3.20", "distribution": "opensearch"}}
FORBIDDEN = {"error": {"reason": "no permissions for [indices:admin/get]"}}
OF_OTHERS: Any = {"logs-1": {"mappings": {"properties": {}}}}
OF_THE_FUTURE = {"b-000001": {"mappings": {"_meta": {"lsq": 99}}}}


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (401, {}, "credentials are missing or wrong; set LSQ_USER and LSQ_PASSWORD"),
        (403, FORBIDDEN, "does not allow this (no permissions for [indices:admin/get])"),
        (404, {}, "no index at"),
        (503, {"error": {"reason": "cluster_manager not discovered"}}, "not discovered"),
        (200, OF_OTHERS, "taken by something that lsq did not make"),
        (200, OF_THE_FUTURE, "made by another version of lsq (format 99"),
    ],
)
def test_answers_of_the_cluster_are_translated_into_errors(
    fresh: Program, status: int, answer: Any, said: str
) -> None:
    with answering(status, answer) as host:
        ran = fresh("search", "国土", "-i", f"http://{host}/b")
    assert ran.returncode == 2
    assert said in ran.stderr
    assert ran.stderr.startswith(("lsq: http", "lsq: no index at http"))
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("version", "said"),
    [(ELASTICSEARCH, "this is not OpenSearch (8.1.0)"), (OLD, "OpenSearch 1.3.20 is too old")],
)
def test_another_program_or_version_is_refused(version: Any, said: str) -> None:
    from opensearchpy import OpenSearch

    from lsq.engines.opensearch.indices import check_version
    from lsq.errors import ForeignIndexError

    with (
        answering(200, version) as host,
        OpenSearch([f"http://{host}"]) as client,
        pytest.raises(ForeignIndexError) as error,
    ):
        check_version(client, f"http://{host}/b")
    assert said in str(error.value)


def test_an_unreachable_cluster_is_reported(fresh: Program) -> None:
    (port,) = free_ports(1)
    ran = fresh("search", "国土", "-i", f"http://127.0.0.1:{port}/b")
    assert ran.returncode == 2
    assert "cannot be reached" in ran.stderr
    assert "check the address" in ran.stderr


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make a certificate with")
def test_only_certificates_of_a_given_ca_are_trusted(fresh: Program) -> None:
    key, certificate = fresh.folder / "key.pem", fresh.folder / "certificate.pem"
    made = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1"
    named = f"-addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"
    subprocess.run(["openssl", *f"{made} {named}".split()], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with answering(404, {}, context) as host:
        asked = ["search", "国土", "-i", f"https://{host}/b"]
        refused = fresh(*asked)
        trusted = fresh(*asked, "--ca-file", str(certificate))
    assert "its certificate is not trusted" in refused.stderr
    assert "name the CA's certificate file with --ca-file" in refused.stderr
    assert "no index at" in trusted.stderr
