"""`make bench`: the site as in production, under load, beside three plain measures. What counts are the ratios.

Not a test: nothing here fails for being slow. The run is `beside`. What people ask stands in `scenarios`, sending it in
`load`, processes in `server`, what PostgreSQL tells in `database`, what a thumb writes in `thumbs`, tables in
`reporting`. `preparing` makes the installation, `data` fills it.
"""

import argparse
import importlib

from bench.preparing import prepared


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="per scenario and round")
    options = parser.parse_args()
    with prepared() as bench:
        # Not at the top: models can be read only now that there is a database to set Django up with.
        importlib.import_module("bench.beside").main(bench, options)


if __name__ == "__main__":
    main()
