#!/usr/bin/env python3
"""Measures Throughline and other programs on the same inputs, in one run on one machine, and prints the tables.

    python3 tests/benches/against.py
    python3 tests/benches/against.py --articles 60,200,1000 --noise 0.3 --python venv/bin/python
    python3 tests/benches/against.py --only text,dates --text PAGES GOLD --dates PAGES GOLD

Reuse: `cargo bench --bench reuse -- write` makes articles with passages planted in them, so that recall and precision
can be told, and `-- score` scores all alike. Pages: a folder of .html files, and a JSON object from the name of each (with
or without .html) to `{"articleBody": "…"}` for the text or `{"date": "2020-01-31"}` for the day.

`peers.py` beside this calls what is written in Python (`--python` names one that has the packages). passim is measured
where a command `passim` is there. Each program runs as a process of its own. Wall and processor time and memory are those
of it and all it starts; the memory is the largest sum that was seen at one moment, which Linux tells. A figure is the
median of `--runs` runs; what takes longer than a minute runs once, and what would take longer than `--budget` seconds, by
its time on fewer articles, is left out and named, and so is what fails.
"""

import argparse
import collections
import itertools
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

# No folder of compiled files in the clone.
sys.dont_write_bytecode = True
import measuring  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# What takes longer runs once.
LONG_SECS = 60


class Bench:
    def __init__(self, arguments, folder):
        self.runs, self.budget, self.folder = arguments.runs, arguments.budget, folder
        self.binary = pathlib.Path(arguments.binary).resolve()
        self.reuse = pathlib.Path(arguments.bench or built_bench()).resolve()
        self.peers = [arguments.python, HERE / "peers.py"]
        told = subprocess.run([*self.peers, "versions"], stdout=subprocess.PIPE, check=True)
        self.versions = json.loads(told.stdout)
        self.passim = shutil.which("passim")

    def has(self, peer):
        return peer.split(",")[0] in self.versions

    def measured(self, command, out=None, before=lambda: None):
        """The median cost of a command, whose standard output goes to a file."""
        costs = []
        while len(costs) < self.runs and not (costs and costs[0].wall > LONG_SECS):
            before()
            costs.append(measuring.cost(command, self.folder, out))
        return measuring.Cost(*(statistics.median(figures) for figures in zip(*costs)))


def built_bench():
    """The bench `reuse`, built by cargo."""
    ask = ["cargo", "bench", "--quiet", "--bench", "reuse", "--no-run", "--message-format", "json"]
    ran = subprocess.run(ask, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    told = map(json.loads, ran.stdout.splitlines())
    return next(it["executable"] for it in told if it.get("executable") and it["target"]["name"] == "reuse")


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_lines(path, lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def table(heads, rows):
    """A table in Markdown; figures stand at the right."""
    print("| " + " | ".join(heads) + " |\n|---|" + "--:|" * (len(heads) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def with_costs(rows):
    """Rows `(name, cost, more…)` with their times as multiples of the first."""
    for name, cost, *more in rows:
        first = rows[0][1]
        wall, cpu = (f"{value:.2f} s ({value / base:.1f}×)" for value, base in zip(cost[:2], first[:2]))
        yield [name, wall, cpu, f"{cost.peak_mb:.0f} MB ({cost.peak_mb / first.peak_mb:.1f}×)", *more]


COSTS = ["program", "wall time", "processor time", "memory"]


def planted(bench, sizes, noise):
    """Recall, precision and cost of finding planted passages."""
    secs_a_pair = {}
    for n_articles in sizes:
        folder = bench.folder / f"planted-{n_articles}"
        subprocess.run([bench.reuse, "write", folder, str(n_articles), str(noise)], check=True, stdout=subprocess.PIPE)
        n_pairs = n_articles * (n_articles - 1) // 2
        print(f"### {n_articles} articles, {n_pairs:,} pairs, {noise:.0%} of the planted words changed\n")
        rows, files, left_out = [], [], []
        for name, work in reuse_programs(bench, folder):
            expected = secs_a_pair.get(name, 0) * n_pairs
            if expected > bench.budget:
                left_out.append(f"{name} (some {expected:.0f} s expected)")
                continue
            try:
                cost, lines = work()
            except measuring.Failed as error:
                left_out.append(f"{name} ({error})")
                continue
            # The index and passim do not look at each pair.
            is_by_pair = name not in ("Throughline, index", "passim")
            secs_a_pair[name] = cost.wall / n_pairs if is_by_pair else 0
            files.append(folder / f"{name}.jsonl")
            write_lines(files[-1], lines)
            rows.append((name, cost))
        scored = subprocess.run([bench.reuse, "score", folder, *files], check=True, stdout=subprocess.PIPE, text=True)
        found = [re.findall(r"(?:recall|precision|characters|,) (\d\.\d+)", line) for line in scored.stdout.splitlines()]
        rows = [(*row, *(f"{float(figure):.3f}" for figure in figures)) for row, figures in zip(rows, found, strict=True)]
        table([*COSTS, "recall", "precision", "recall, characters", "precision, characters"], with_costs(rows))
        if left_out:
            print(f"Left out: {'; '.join(left_out)}.\n")


def reuse_programs(bench, folder):
    """What finds passages in the .txt files of a folder: name, and a function to its cost and its lines."""
    out = folder / "out.jsonl"

    def index():
        return bench.measured([bench.reuse, "find", folder, out]), lines_of(out)

    def pairs():
        names = sorted(path.name for path in folder.glob("*.txt"))
        listed = "".join(f"{folder / a}\t{folder / b}\n" for a, b in itertools.combinations(names, 2))
        (folder / "pairs").write_text(listed, encoding="utf-8")
        cost = bench.measured([bench.binary, "align", "--pairs", folder / "pairs", "--json"], out)
        return cost, [
            {"a": name(record["a"]), "a_span": it["a"], "b": name(record["b"]), "b_span": it["b"]}
            for record in lines_of(out)
            for it in record["passages"]
        ]

    def peer(which):
        return bench.measured([*bench.peers, "reuse", which, folder, out]), lines_of(out)

    yield "Throughline, index", index
    yield "Throughline, pairs", pairs
    for which in ("difflib", "rapidfuzz", "text-matcher"):
        if bench.has(which):
            yield which, lambda which=which: peer(which)
    if bench.passim:
        yield "passim", lambda: by_passim(bench, folder)


def by_passim(bench, folder):
    """passim, pairwise, with its own settings; it wants a field beside the text."""
    articles, result = folder / "passim.jsonl", folder / "passim"
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    write_lines(articles, [{"id": name, "text": text} for name, text in texts.items()])
    command = [bench.passim, "--fields", "xxhash64(id) as gid", "--pairwise", "--all-pairs", articles, result]
    cost = bench.measured(command, before=lambda: shutil.rmtree(result, ignore_errors=True))
    found = [record for part in result.glob("align.json/part*") for record in lines_of(part)]
    span = lambda record, side: [record["begin" + side], record["end" + side]]  # noqa: E731
    return cost, [
        {"a": it["id"], "a_span": span(it, ""), "b": it["id2"], "b_span": span(it, "2")} for it in found
    ]


def phrases(bench, folder):
    """The formulas that come back, as `throughline analyze` finds them: each place but the first counts as found."""
    out = folder / "out.jsonl"
    paths = sorted(folder.glob("*.txt"))
    cost = bench.measured([bench.binary, "analyze", *paths, "--only", "phrases", "--json"], out)
    lines = []
    for record in lines_of(out):
        for place in record.get("occurrences", [])[1:]:
            lines.append({"a": name(place["document"]), "a_span": place["span"]})
    return cost, lines


def seeds(bench):
    """Cost on the built-in articles, and how many passages and words are found; nothing tells there what is right."""
    folder = bench.folder / "seeds"
    folder.mkdir()
    for path in (ROOT / "seeds").glob("*.txt"):
        shutil.copy(path, folder)
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    rows = []
    programs = [("Throughline, phrases", lambda: phrases(bench, folder)), *reuse_programs(bench, folder)]
    for program, work in programs:
        try:
            cost, lines = work()
        except measuring.Failed as error:
            print(f"Left out: {program} ({error}).\n")
            continue
        n_words = sum(len(texts[line["a"]][slice(*line["a_span"])].split()) for line in lines)
        rows.append((program, cost, str(len(lines)), str(n_words)))
    print("### The five built-in articles, 10 pairs\n")
    table([*COSTS, "passages", "words in them"], with_costs(rows))


def name(path):
    return pathlib.PurePath(path).name


def read_by_throughline(bench, pages):
    """`throughline read` on all pages of a folder: cost, and a record by name."""
    out = bench.folder / "read.jsonl"
    cost = bench.measured([bench.binary, "read", *sorted(pages.glob("*.html")), "--json"], out)
    return cost, {name(record["path"]): record for record in lines_of(out)}


def answers(bench, what, field, pages):
    """What each peer says of the pages: name, cost, an answer by page."""
    peers = {"text": ("trafilatura", "trafilatura, precise"), "dates": ("htmldate", "htmldate, fast", "trafilatura")}
    out = bench.folder / "answers.jsonl"
    for peer in filter(bench.has, peers[what]):
        try:
            cost = bench.measured([*bench.peers, what, peer, pages, out])
        except measuring.Failed as error:
            print(f"Left out: {peer} ({error}).\n")
            continue
        yield peer, cost, {line["page"]: line[field] for line in lines_of(out)}


def gold_of(file, field):
    gold = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
    return {page if page.endswith(".html") else f"{page}.html": it.get(field) or "" for page, it in gold.items()}


def shingles(text):
    """Runs of four words, each as often as it stands there; a shorter text is one run."""
    found = re.findall(r"\w+", text or "")
    runs = zip(*(found[idx:] for idx in range(4))) if len(found) >= 4 else [tuple(found)] if found else []
    return collections.Counter(runs)


def text_figures(gold, answer):
    """Precision and recall of runs of four words, each the mean over the pages, and their harmonic mean."""
    precision, recall = [], []
    for page, text in gold.items():
        wanted, found = shingles(text), shingles(answer.get(page))
        both = (wanted & found).total()
        if found:
            precision.append(both / found.total())
        if wanted:
            recall.append(both / wanted.total())
    p, r = statistics.mean(precision), statistics.mean(recall)
    return [f"{figure:.3f}" for figure in (2 * p * r / (p + r), p, r)]


def article_text(record):
    """Body and headings; title, by-line, captions and furniture are no part of the text that the gold has."""
    blocks = [it["span"] for it in record.get("blocks", []) if it["kind"] in ("body", "heading")]
    return "\n".join(record["text"][start:end] for start, end in sorted(blocks))


def texts(bench, pages, file):
    gold = gold_of(file, "articleBody")
    cost, records = read_by_throughline(bench, pages)
    rows = [("Throughline", cost, *text_figures(gold, {page: article_text(it) for page, it in records.items()}))]
    for peer, cost, answer in answers(bench, "text", "text", pages):
        rows.append((peer, cost, *text_figures(gold, answer)))
    print(f"### The text of {len(gold)} pages\n")
    table([*COSTS, "F1", "precision", "recall"], with_costs(rows))


def date_figures(gold, answer):
    """Pages with the right day, another one, none."""
    found = {page: answer.get(page) for page in gold}
    right = sum(found[page] == day for page, day in gold.items())
    none = sum(day is None for day in found.values())
    wrong = len(gold) - right - none
    f1 = 2 * right / (2 * right + wrong + none)
    return [f"{f1:.3f}", f"{right / len(gold):.3f}", str(right), str(wrong), str(none)]


def dates(bench, pages, file):
    gold = gold_of(file, "date")
    cost, records = read_by_throughline(bench, pages)
    best = {page: (record.get("published") or {}).get("best") for page, record in records.items()}
    rows = [("Throughline", cost, *date_figures(gold, best))]
    for peer, cost, answer in answers(bench, "dates", "date", pages):
        rows.append((peer, cost, *date_figures(gold, answer)))
    print(f"### The day of publication of {len(gold)} pages\n")
    table([*COSTS, "F1", "accuracy", "right", "wrong", "none"], with_costs(rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    numbers = lambda text: [int(number) for number in text.split(",")]  # noqa: E731
    parser.add_argument("--articles", type=numbers, default=[60, 200], help="sizes of the made corpora")
    parser.add_argument("--noise", type=float, default=0.1, help="share of the planted words that are changed")
    parser.add_argument("--text", nargs=2, metavar=("PAGES", "GOLD"), help="pages whose text is known")
    parser.add_argument("--dates", nargs=2, metavar=("PAGES", "GOLD"), help="pages whose day is known")
    parser.add_argument("--only", default="seeds,reuse,text,dates", help="parts to run")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--budget", type=int, default=600, help="seconds a program may take for one figure")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the packages")
    parser.add_argument("--binary", default=target / "release" / "throughline", help="the program")
    parser.add_argument("--bench", help="the bench `reuse` as it was built; else cargo builds it")
    arguments = parser.parse_args()
    parts = arguments.only.split(",")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, pathlib.Path(folder))
        print(measuring.machine(bench.binary) + "; " + ", ".join(map(" ".join, bench.versions.items())) + "\n")
        if "seeds" in parts:
            seeds(bench)
        if "reuse" in parts:
            planted(bench, arguments.articles, arguments.noise)
        for part, work, given in (("text", texts, arguments.text), ("dates", dates, arguments.dates)):
            if part in parts and given:
                work(bench, pathlib.Path(given[0]).resolve(), given[1])


if __name__ == "__main__":
    main()
