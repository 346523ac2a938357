"""Messages about the security of a cluster, with OpenSearch's real security plugin."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cluster import MissingError
from tests.cluster.secured import Secured, missing
from tests.conftest import FIRST, Program

pytestmark = pytest.mark.cluster

# The roles that docs/cluster.md lists.
OWN = ["bulletins", "bulletins-*"]
SEARCH = ["indices:admin/get", "read", "indices:data/read/point_in_time/*"]
READER: Any = {"index_permissions": [{"index_patterns": OWN, "allowed_actions": SEARCH}]}
WRITER: Any = {
    "cluster_permissions": ["cluster:monitor/main"],
    "index_permissions": [
        {"index_patterns": OWN, "allowed_actions": [*SEARCH, "crud", "manage", "manage_aliases"]}
    ],
}
NOBODY: Any = {"index_permissions": [{"index_patterns": ["other"], "allowed_actions": ["read"]}]}
PASSWORD = "Gongbao-2026-duqu"  # noqa: S105


@pytest.fixture(scope="module")
def secured() -> Iterator[Secured]:
    if lacking := missing():
        pytest.skip(f"no secured node can be started: {lacking}")
    try:
        node = Secured()
    except MissingError as error:
        pytest.skip(f"no secured node can be started: {error}")
    with node:
        for name, permissions in (("reader", READER), ("writer", WRITER), ("nobody", NOBODY)):
            node.add_user(name, PASSWORD, permissions)
        yield node


class As:
    """The program as a user of the secured node."""

    def __init__(self, program: Program, node: Secured) -> None:
        self._program = program
        self._node = node

    def __call__(
        self,
        *args: str,
        user: str | None = "reader",
        password: str = PASSWORD,
        url: str = "",
        code: int = 0,
        **environment: str,
    ) -> str:
        """What it prints, to either stream."""
        known = {"LSQ_USER": user, "LSQ_PASSWORD": password} if user else {}
        known |= {"LSQ_CA_FILE": str(self._node.ca), "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
        location = f"{url or self._node.url}/bulletins"
        ran = self._program(*args, "-i", location, **(known | environment))
        assert ran.returncode == code, ran.stderr
        return ran.stdout + ran.stderr


@pytest.fixture
def program(fresh: Program, secured: Secured) -> As:
    return As(fresh, secured)


CHINESE = {"LANG": "zh_CN.UTF-8"}


def test_a_writer_indexes_and_a_reader_searches(program: As) -> None:
    assert "articles: 3" in program("index", "seeds/", user="writer")
    assert "articles: 3" in program("index", "--rebuild", "seeds/", user="writer")
    assert "国土空间规划" in program("search", "国土空间规划")
    assert "articles: 3" in program("info")
    assert "百山祖" in program("kwic", "百山祖", "-n", "1")
    said = program("index", "seeds/", code=2)
    assert "does not allow this (no permissions for [indices:" in said
    assert "name=reader" in said
    assert "不允许" in program("index", "seeds/", code=2, **CHINESE)


def test_without_credentials_the_error_says_how_to_give_them(program: As) -> None:
    for user, password in ((None, ""), ("reader", "wrong"), ("stranger", PASSWORD)):
        said = program("search", "国土", user=user, password=password, code=2)
        assert "credentials are missing or wrong" in said
        assert said.count("\n") == 1
        assert "凭据有误" in program(
            "search", "国土", user=user, password=password, code=2, **CHINESE
        )


def test_a_missing_permission_is_named(program: As) -> None:
    for args in (["search", "国土"], ["info"], ["index", "seeds/"]):
        said = program(*args, user="nobody", code=2)
        assert "does not allow this (no permissions for [" in said
        assert said.count("\n") == 1


def test_only_certificates_of_the_given_ca_are_trusted(program: As, secured: Secured) -> None:
    said = program("search", "国土", code=2, LSQ_CA_FILE="")
    assert "its certificate is not trusted (unable to get local issuer certificate)" in said
    assert "--ca-file" in said
    assert "证书" in program("search", "国土", code=2, LSQ_CA_FILE="", **CHINESE)
    program("index", "seeds/", user="writer")
    trusted = program("search", "国土", "--ca-file", str(secured.ca), LSQ_CA_FILE="")
    assert "国土" in trusted


def test_a_certificate_for_another_name_is_not_trusted(program: As, secured: Secured) -> None:
    said = program("search", "国土", url=secured.other_url, code=2)
    assert "its certificate is for another name (Hostname mismatch" in said
    assert "证书" in program("search", "国土", url=secured.other_url, code=2, **CHINESE)


def test_a_ca_file_without_a_certificate_is_reported(program: As) -> None:
    said = program("search", "国土", "--ca-file", FIRST, code=2)
    assert "the file given with --ca-file contains no certificate" in said


def test_http_to_a_port_for_https_is_reported(program: As, secured: Secured) -> None:
    said = program("search", "国土", url=secured.url.replace("https", "http"), code=2)
    assert "if it speaks https, write https://" in said
