"""Run the property tests with new seeds, until time is up or one fails.

    python tools/explore.py MINUTES [PYTEST'S ARGUMENTS…]

The suite tries the same examples each time; this tries ten times as many new ones. Run it before a
change lands. Add what it finds to the test as an `@example`, and fix it.
"""

import random
import subprocess
import sys
import time

MARKERS = "hypothesis and not cluster and not packaging and not bench"


def main() -> None:
    """Explore; exit with the code of the last run of pytest."""
    try:
        minutes, arguments = float(sys.argv[1]), sys.argv[2:]
    except (IndexError, ValueError):
        sys.exit(__doc__)
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        seed = random.SystemRandom().getrandbits(32)
        print(f"seed {seed}", flush=True)
        how = ["--hypothesis-profile=explore", f"--hypothesis-seed={seed}", "-m", MARKERS]
        ran = subprocess.run(  # noqa: S603  # pytest, with what was typed
            [sys.executable, "-m", "pytest", "-q", *how, *arguments], check=False
        )
        if ran.returncode:
            sys.exit(ran.returncode)


if __name__ == "__main__":
    main()
