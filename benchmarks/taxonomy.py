"""Official taxonomies: time and memory of importing each package, time of opening the store and of asking it.

python -m benchmarks.taxonomy PACKAGE... [--runs N]
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks.measuring import process, timed
from tagger.suggesting import suggest
from tagger.taxonomies import Taxonomy

_ADD = "import tagger; tagger.Taxonomy.add(sys.argv[1])"
_OPEN = "import tagger; t = tagger.Taxonomy(sys.argv[1]); t.concept('us-gaap:Assets')"
_COLUMNS = ("concepts", "sums", "pres.", "def.", "depr.", "labels")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.taxonomy", description=__doc__)
    parser.add_argument("packages", nargs="+", type=Path, help="official packages: zips or folders")
    parser.add_argument("--runs", type=int, default=3, help="how often each package is imported (default 3)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TAGGER_CACHE"] = folder  # never the user's own
        print(f"{'package':22}{'import s':>9}{'MB':>6}{'store MB':>9}" + "".join(f"{c:>9}" for c in _COLUMNS))
        taxonomies = [_imported(package, options.runs) for package in sorted(options.packages)]
        print(f"\n{'store':22}{'fresh process ms':>17}{'open ms':>9}{'concept ms':>11}{'search ms':>10}")
        for taxonomy in taxonomies:
            _asked(taxonomy, options.runs)
        times = timed(lambda: suggest("Deferred gain on sale of moorings", statement="cash-flow"), runs=21)
        print(f"\nsuggest, one label: {times.median * 1000:.1f} ms")


def _imported(package: Path, runs: int) -> Taxonomy:
    times, memory = process(_ADD, str(package), runs=runs)
    taxonomy = Taxonomy.add(package)
    about = taxonomy.about
    size = sum(path.stat().st_size for path in _folder().glob(f"{about.name.replace('/', '-')}.*")) / 1e6
    counts = (
        about.concepts,
        about.calculations,
        about.presentations,
        about.definitions,
        about.deprecations,
        about.labels,
    )
    print(f"{package.name:22}{times.median:>9.2f}{memory:>6.0f}{size:>9.1f}" + "".join(f"{n:>9,}" for n in counts))
    return taxonomy


def _folder() -> Path:
    return Path(os.environ["TAGGER_CACHE"]) / "taxonomies"


def _asked(taxonomy: Taxonomy, runs: int) -> None:
    from tagger.taxonomies.store import _opened

    def opened() -> Taxonomy:
        _opened.cache_clear()
        return Taxonomy(taxonomy.name)

    fresh, _ = process(_OPEN, taxonomy.name, runs=runs)
    open_ = timed(opened, runs=21)
    concept = timed(lambda: taxonomy.concept("us-gaap:AssetsCurrent"), runs=21)
    search = timed(lambda: taxonomy.search("inventory raw materials"), runs=5)
    print(
        f"{taxonomy.name:22}{fresh.median * 1000:>17.1f}{open_.median * 1000:>9.2f}"
        f"{concept.median * 1000:>11.2f}{search.median * 1000:>10.1f}"
    )


if __name__ == "__main__":
    main()
