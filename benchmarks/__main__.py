"""CPU time, memory and proof, in plain tables: beside lxml, and beside Arelle and edgartools where they are installed."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import tagger
from benchmarks.measuring import Times, compared, process, timed
from benchmarks.more_rules import write_more_rules
from benchmarks.peers import arelle_loader, edgartools_facts, has_edgartools, html_parser
from benchmarks.stages import print_doubled, print_growth, print_stages, taken
from tagger.arithmetic import proven_share

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "brightwater-2008q2" / "release.txt"
FORMATS = ("htm", "xml", "json", "csv")
_FEW_RUNS = 3
_FEW_PAGES = 5
SUFFIXES = {".txt", ".md", ".htm", ".html"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="releases, or folders of them (default: the example)")
    parser.add_argument("--runs", type=int, default=21, help="how often each document is processed (default 21)")
    parser.add_argument("--no-peers", action="store_true", help="leave out Arelle and the tenfold rules")
    options = parser.parse_args()
    documents = sorted(_documents(options.paths or [EXAMPLE]))
    if not documents:
        parser.error("no releases there")
    _one_document(documents[0], options.runs, peers=not options.no_peers)
    _all_documents(documents, peers=not options.no_peers)


def _documents(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (entry for entry in path.iterdir() if entry.suffix in SUFFIXES)
        else:
            yield path


def _one_document(path: Path, runs: int, *, peers: bool) -> None:
    source = path.read_bytes()
    report = tagger.tag(source, name=path.name)
    print(f"{path.name}: {len(source):,} bytes, {len(report.facts)} facts, tagger {tagger.__version__}\n")
    print(f"{'from bytes to':36}{'median':>12}{'worst':>12}")
    whole = {"facts": timed(lambda: tagger.tag(source), runs=runs)}
    for name in FORMATS:
        whole[f"facts and .{name}"] = timed(_whole_way(source, name), runs=runs)
    for name, times in whole.items():
        _row(name, times)
    html = timed(html_parser(report, len(source)), runs=runs)
    _row("lxml.html, as many bytes", html)
    print(f"{'the whole way to .htm / lxml.html':36}{whole['facts and .htm'].median / html.median:>11.1f}x")
    if peers:
        _against_arelle(report)
    _start(path)
    if peers:
        _more_rules(source, runs)


def _whole_way(source: bytes, format: str) -> Callable[[], object]:
    return lambda: tagger.tag(source).render(format)


def _row(name: str, times: Times) -> None:
    print(f"{name:36}{times.median * 1000:>9.2f} ms{times.worst * 1000:>9.2f} ms")


def _against_arelle(report: tagger.Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _row("Arelle, loading the instance", timed(arelle_loader(report, Path(folder)), runs=3))


def _against_edgartools(pages: Sequence[Path]) -> None:
    sources = [path.read_bytes() for path in pages]
    ours = [timed(_whole_way(source, "htm"), runs=_FEW_RUNS).median for source in sources]
    theirs = [timed(partial(edgartools_facts, source), runs=_FEW_RUNS).median for source in sources]
    _row(f"edgartools, {len(pages)} of the pages", Times(statistics.median(theirs), max(theirs)))
    print(f"{'bytes to .htm / edgartools':36}{sum(ours) / sum(theirs):>11.2f}x")


def _start(path: Path) -> None:
    print(f"\n{'in a new process':36}{'median':>12}{'worst':>12}{'peak':>12}")
    tag = "import tagger; tagger.tag(sys.argv[1]).render('htm')"
    batch = "import tagger\nfor _ in range(50): tagger.tag(sys.argv[1]).render('htm')"
    for name, code, times in (
        ("nothing", "pass", 5),
        ("import tagger", "import tagger", 9),
        ("from tagger import tag", "from tagger import tag", 9),
        ("import, tag once, .htm", tag, 5),
        ("import, tag 50 times, .htm", batch, 1),
    ):
        taken, peak = process(code, str(path), runs=times)
        print(f"{name:36}{taken.median * 1000:>9.1f} ms{taken.worst * 1000:>9.1f} ms{peak:>9.0f} MB")


def _more_rules(source: bytes, runs: int) -> None:
    rules = tagger.load_rules()
    with tempfile.TemporaryDirectory() as folder:
        count = write_more_rules(rules, Path(folder))
        more = tagger.load_rules(folder)
        loading = timed(lambda: tagger.load_rules(folder), runs=3)
        once, times = compared(
            lambda: tagger.tag(source, rules=rules), lambda: tagger.tag(source, rules=more), runs=runs
        )
    loaded = timed(tagger.load_rules, runs=9)
    print(f"\n{'rules':36}{'load':>12}{'tag':>12}")
    print(f"{f'{len(rules):,} built in':36}{loaded.median * 1000:>9.1f} ms{once.median * 1000:>9.2f} ms")
    print(
        f"{f'{len(rules) + count:,} with {count:,} generated':36}{loading.median * 1000:>9.1f} ms{times.median * 1000:>9.2f} ms"
    )
    print(f"{'ratio':36}{loading.median / loaded.median:>11.1f}x{times.median / once.median:>11.2f}x")


def _all_documents(documents: Sequence[Path], *, peers: bool) -> None:
    found = [taken(path.read_bytes(), runs=_FEW_RUNS) for path in documents]
    print_stages(found)
    pages = [path for path in documents if path.suffix in {".htm", ".html"}][:_FEW_PAGES]
    if peers and pages and has_edgartools():
        _against_edgartools(pages)
    print_growth(found)
    print_doubled(min(documents, key=lambda path: path.stat().st_size).read_bytes(), runs=_FEW_RUNS)
    print(f"\n{f'{len(documents)} document(s)':36}{'facts':>8}{'findings':>10}{'proven':>9}{'.htm in':>13}")
    reports, seconds = [], []
    for path in documents:
        source = path.read_bytes()
        times = timed(_whole_way(source, "htm"), runs=1)
        report = tagger.tag(source)
        reports.append(report)
        seconds.append(times.median)
        print(
            f"{path.name[:34]:36}{len(report.facts):>8}{len(report.findings):>10}{report.proven:>9.0%}{times.median * 1000:>10.1f} ms"
        )
    seconds.sort()
    print(f"\nmedian {seconds[len(seconds) // 2] * 1000:.1f} ms, worst {seconds[-1] * 1000:.1f} ms")
    proven, rows = proven_share(fact for report in reports for fact in report.facts)
    print(f"{rows:,} facts on statement rows, {proven:,} proven ({proven / max(rows, 1):.1%})")


if __name__ == "__main__":
    main()
