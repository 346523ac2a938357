"""`lsq trend --plot`: a picture of the counts."""

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from lsq.counting.groups import GROUPS, PERIODS, Group
from lsq.errors import ExtraError, PlotError
from lsq.index import Index
from lsq.output import plots
from tests.conftest import Program
from tests.factories import article, in_folder, put

NO_FONTS = "no font of this machine has Chinese characters"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with in_folder("whoosh")(tmp_path_factory.mktemp("plot")) as engine:
        made = [
            article("国土" * n + "规划", path=f"{n}.txt", date=f"201{n}-08-26", issuer=issuer)
            for n, issuer in enumerate(["国务院", None, "省政府", "国务院"])
        ]
        put(engine, engine.segmenter, made)
        yield Index(engine)


@pytest.mark.parametrize("by", GROUPS)
def test_a_chart_has_the_numbers_of_the_rows(index: Index, by: Group) -> None:
    trends = index.trends(by=by)
    found = [trends.of('"国土"'), trends.of('"规划"')]
    spec = plots.chart(found, trends, None)
    drawn = [(one["query"], one["rate"]) for one in spec["data"]["values"]]
    assert drawn == [(one.query, row.per_million) for one in found for row in one.rows]
    named = [one["group"] for one in spec["data"]["values"]]
    values = [row.value for one in found for row in one.rows]
    assert named == ["(none)" if value is None else value or "." for value in values]
    assert (spec["mark"] == "bar") == (by not in PERIODS)
    assert len(plots.chart(found, trends, 1)["data"]["values"]) == len(found)


@pytest.mark.parametrize("by", ["year", "issuer"])
def test_an_svg_has_the_labels_as_text(index: Index, by: Group) -> None:
    trends = index.trends(by=by)
    found = [trends.of('"国土"'), trends.of("规划 -<script>alert(1)</script>")]
    svg = plots.draw(found, trends, None, plots.SVG)
    texts = {"".join(one.itertext()) for one in etree.fromstring(svg).iter("{*}text")}
    assert texts >= {'"国土"', "规划 -<script>alert(1)</script>"}
    assert texts >= ({"2010", "2013"} if by == "year" else {"国务院", "省政府", "(none)"})
    assert b"<script" not in svg
    assert b"http" not in svg.replace(b"http://www.w3.org/", b"")


def test_a_png_has_something_drawn(index: Index) -> None:
    if not plots.can_draw("国"):
        pytest.skip(NO_FONTS)
    trends = index.trends()
    one, other = (
        Image.open(BytesIO(plots.draw([trends.of(f'"{word}"')], trends, None, plots.PNG)))
        for word in ("国土", "规划")
    )
    assert one.size == other.size
    assert min(one.size) > 500
    assert one.tobytes() != other.tobytes()
    assert len(one.convert("RGB").getcolors(1 << 24) or ()) > 20


def test_the_extra_is_named(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    trends = index.trends()
    with pytest.raises(ExtraError, match=r"pip install 'lsq-bulletins\[plot\]'"):
        plots.draw([trends.of("国土")], trends, None, plots.SVG)


def test_a_file_is_new_or_none(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    plots.save(b"picture", str(path))
    assert path.read_bytes() == b"picture"
    with pytest.raises(PlotError, match="exists"):
        plots.save(b"other", str(path))
    assert path.read_bytes() == b"picture"
    with pytest.raises(PlotError, match="cannot be written"):
        plots.save(b"other", str(tmp_path / "none" / "a.svg"))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_no_link_is_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    (tmp_path / "a.svg").symlink_to(target)
    with pytest.raises(PlotError, match="exists"):
        plots.save(b"picture", str(tmp_path / "a.svg"))
    assert not target.exists()


def test_the_command_draws_and_prints(indexed: Program) -> None:
    asked = ["trend", "-F", "丽水", "--by", "folder"]
    ran = indexed(*asked, "--plot", "trend.SVG")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == indexed(*asked).stdout
    assert "丽水" in (indexed.folder / "trend.SVG").read_text("utf-8")
    again = indexed(*asked, "--plot", "trend.SVG")
    assert again.returncode == 2
    assert "exists" in again.stderr
    wrong = indexed(*asked, "--plot", "trend.pdf")
    assert wrong.returncode == 2
    assert ".svg or .png" in wrong.stderr
    assert not (indexed.folder / "trend.pdf").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="fonts are found by fontconfig")
def test_without_a_chinese_font_a_png_is_refused(indexed: Program) -> None:
    config = indexed.folder / "fonts.conf"
    config.write_text("<?xml version='1.0'?><fontconfig><dir>/nonexistent</dir></fontconfig>")
    environment = {"FONTCONFIG_FILE": str(config), "HOME": "/nonexistent"}
    ran = indexed("trend", "-F", "丽水", "--by", "folder", "--plot", "trend.png", **environment)
    assert ran.returncode == 2
    assert "no font" in ran.stderr
    assert not (indexed.folder / "trend.png").exists()
    asked = ["trend", "-F", "丽水", "--by", "folder", "--plot"]
    assert indexed(*asked, "trend.svg", **environment).returncode == 0


def test_no_empty_picture_is_drawn(indexed: Program) -> None:
    undated = indexed("trend", "-F", "丽水", "--plot", "undated.svg")
    assert undated.returncode == 2
    assert "--by folder" in undated.stderr
    nothing = indexed("trend", "-F", "量子力学纲要", "--plot", "nothing.svg")
    assert nothing.returncode == 1
    assert "no article contains" in nothing.stderr
    assert not (indexed.folder / "undated.svg").exists()
    assert not (indexed.folder / "nothing.svg").exists()
