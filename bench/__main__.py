"""`make bench`: the site as in production, under load, in one of six runs. What counts are ratios and growth.

Without arguments `bench.beside` measures reading and writing beside three plain measures, and what a thumb writes;
`--growth` (`bench.growth`) the pages at 1,000 and at 100,000 posts; `--desk` (`bench.desk`) the steps of the workbench
beside a plain page, at 1,000 and at 10,000 voices; `--publish` (`bench.publishing`) telling 1,500 people what became of
5,000 voices; `--room` (`bench.room`) a live room with 500 phones; `--soak` (`bench.soak`) fifteen minutes of mixed
traffic. Not a test: nothing here fails for being slow.

What people ask stands in `scenarios`, sending it in `load`, processes in `server`, what PostgreSQL tells in `database`,
what a thumb writes in `thumbs`, tables in `reporting`. `preparing` makes the installation; `data` fills it for the
first and the last run, `filling` to any size for `--growth`.
"""

import argparse
import importlib

from bench.preparing import prepared


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="per scenario and round, or page")
    parser.add_argument("--growth", action="store_true", help="the pages at two sizes")
    parser.add_argument("--posts", type=int, nargs=2, default=[1000, 100_000], help="those sizes")
    parser.add_argument("--desk", action="store_true", help="the steps of the workbench, by one client")
    parser.add_argument("--voices", type=int, nargs=2, default=[1000, 10_000], help="the sizes of --desk")
    parser.add_argument("--published", type=int, default=5000, help="voices that --publish tells of")
    parser.add_argument("--publish", action="store_true", help="telling many people what became of their words")
    parser.add_argument("--people", type=int, default=1500, help="who said what --publish tells of")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that one page may take in --growth")
    parser.add_argument("--room", action="store_true", help="a live room beside the pages")
    parser.add_argument("--phones", type=int, default=500, help="of --room")
    parser.add_argument("--soak", action="store_true", help="mixed traffic, a line a minute")
    parser.add_argument("--minutes", type=float, default=15.0, help="of --soak")
    parser.add_argument("--rate", type=float, default=80.0, help="requests a second in --soak")
    parser.add_argument("--every", type=float, default=60.0, help="seconds between the lines of --soak")
    options = parser.parse_args()
    runs = {
        "growth": options.growth,
        "desk": options.desk,
        "publishing": options.publish,
        "soak": options.soak,
        "room": options.room,
    }
    run = next((name for name, wanted in runs.items() if wanted), "beside")
    with prepared() as bench:
        # Not at the top: models can be read only now that there is a database to set Django up with.
        importlib.import_module(f"bench.{run}").main(bench, options)


if __name__ == "__main__":
    main()
