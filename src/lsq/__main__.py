"""`python -m lsq` is `lsq`."""

from lsq.cli import run

if __name__ == "__main__":
    run()
