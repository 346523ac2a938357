"""Chromium without a window, which tests look at pages with."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason=f"no browser is installed: none of {', '.join(NAMES)}"
)

# Shows a page in a frame of each width, and says how wide it is in there.
_MEASURE = """<!DOCTYPE html><title>measure</title><body><script>
const widths = [%s];
for (const width of widths) {
  const frame = document.createElement("iframe");
  frame.style = `border: 0; width: ${width}px; height: 900px`;
  frame.src = "%s";
  frame.onload = () => {
    const inside = frame.contentDocument.documentElement;
    const line = document.createElement("p");
    line.textContent = `${width}=${inside.scrollWidth}`;
    document.body.append(line);
  };
  document.body.append(frame);
}
</script>"""


def chromium(folder: Path, *args: str) -> str:
    """The output of Chromium with these arguments; its profile is in the folder."""
    ran = subprocess.run(
        [
            CHROMIUM or "",
            "--headless",
            "--no-sandbox",  # a container has none, nor does the page need one: it is our own
            "--disable-gpu",
            "--no-first-run",
            f"--user-data-dir={folder / 'profile'}",
            *args,
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )
    return ran.stdout.decode("utf-8")


def scroll_widths(page: Path, widths: tuple[int, ...]) -> dict[int, int]:
    """The width that a page takes in a window of each width, in pixels."""
    frames = page.with_name("frames.html")
    frames.write_text(_MEASURE % (", ".join(map(str, widths)), page.as_uri()), "utf-8")
    dom = chromium(
        page.parent,
        "--allow-file-access-from-files",
        "--hide-scrollbars",
        "--window-size=1600,1000",
        "--virtual-time-budget=10000",
        "--dump-dom",
        frames.as_uri(),
    )
    return {int(window): int(taken) for window, taken in re.findall(r"<p>(\d+)=(\d+)</p>", dom)}


def print_to_pdf(page: Path) -> Path:
    """The PDF of a page."""
    printed = page.with_suffix(".pdf")
    chromium(page.parent, "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri())
    return printed
