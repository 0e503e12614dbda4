#!/usr/bin/env python3
"""Finds the same planted passages with Throughline, difflib and rapidfuzz, in one run on one machine, in a minute.

    python3 tests/benches/peers.py [--articles 200] [--noise 0.1]

`cargo bench --bench reuse -- write` makes the articles and remembers what was planted in them, and `-- score` scores all
alike. Throughline finds them by its index of a corpus (`-- find`) and, as the others do, by comparing every pair of
articles (`throughline align --pairs`, which is made for longer passages). difflib comes with Python; rapidfuzz is
used where it can be imported. Both give runs of equal words, which are joined here to passages as far as gaps of a few
words allow; the rule is the one of 54 that scored best for both.
"""

import argparse
import difflib
import itertools
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

try:
    from rapidfuzz.distance import LCSseq
except ImportError:
    LCSseq = None

# Runs of fewer words are chance.
MIN_RUN = 3
# Runs are one passage over gaps of so many words in either text.
MAX_GAP = 4
# A passage has so many equal words, and this share of its words is equal.
MIN_WORDS = 8
MIN_SHARE = 0.65

ROOT = pathlib.Path(__file__).resolve().parents[2]


def words(text):
    """The words in small letters, and where they begin and end."""
    found = list(re.finditer(r"\w+(?:[’']\w+)?", text))
    return [match.group().casefold() for match in found], [match.span() for match in found]


def joined(blocks):
    """Runs of equal words `(a, b, n)` joined to passages `(a, a_end, b, b_end, n_equal)`."""
    passages = []
    for a, b, n in blocks:
        if n < MIN_RUN:
            continue
        last = passages[-1] if passages else None
        if last and a - last[1] <= MAX_GAP and b - last[3] <= MAX_GAP:
            last[1], last[3], last[4] = a + n, b + n, last[4] + n
        else:
            passages.append([a, a + n, b, b + n, n])
    return [
        passage
        for passage in passages
        if passage[4] >= MIN_WORDS and passage[4] >= MIN_SHARE * max(passage[1] - passage[0], passage[3] - passage[2])
    ]


def by_difflib(a, b):
    return difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()


def by_rapidfuzz(a, b):
    return LCSseq.opcodes(a, b).as_matching_blocks()


def cpu_secs():
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(it.ru_utime + it.ru_stime for it in spent)


def measured(work):
    """What the work gives, its time on the clock and its processor time, in seconds."""
    wall, cpu = time.perf_counter(), cpu_secs()
    done = work()
    return done, time.perf_counter() - wall, cpu_secs() - cpu


def with_peer(folder, names, blocks_of):
    """All pairs through a function from two lists of words to runs of equal ones."""
    texts = {name: words((folder / name).read_text(encoding="utf-8")) for name in names}
    lines = []
    for a, b in itertools.combinations(names, 2):
        (a_words, a_spans), (b_words, b_spans) = texts[a], texts[b]
        for start, end, other, other_end, _ in joined(blocks_of(a_words, b_words)):
            a_span = [a_spans[start][0], a_spans[end - 1][1]]
            b_span = [b_spans[other][0], b_spans[other_end - 1][1]]
            lines.append({"a": a, "a_span": a_span, "b": b, "b_span": b_span})
    return lines


def by_index(bench, folder):
    """Throughline's index of all articles."""
    found = folder / "found.jsonl"
    subprocess.run([*bench, "find", folder, found], cwd=ROOT, check=True)
    return list(map(json.loads, found.read_text(encoding="utf-8").splitlines()))


def with_throughline(binary, folder, names):
    pairs = folder / "pairs"
    pairs.write_text("".join(f"{a} {b}\n" for a, b in itertools.combinations(names, 2)), encoding="utf-8")
    ran = subprocess.run([binary, "align", "--pairs", "pairs", "--json"], cwd=folder, capture_output=True, check=False)
    if ran.returncode == 2:
        sys.exit(ran.stderr.decode())
    lines = []
    for record in map(json.loads, ran.stdout.splitlines()):
        for passage in record["passages"]:
            lines.append({"a": record["a"], "a_span": passage["a"], "b": record["b"], "b_span": passage["b"]})
    return lines


def built():
    """The bench `reuse`, built by cargo."""
    ask = ["cargo", "bench", "--quiet", "--bench", "reuse", "--no-run", "--message-format", "json"]
    ran = subprocess.run(ask, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    told = map(json.loads, ran.stdout.splitlines())
    return next(it["executable"] for it in told if it.get("executable") and it["target"]["name"] == "reuse")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--noise", type=float, default=0.1, help="share of the words changed")
    parser.add_argument("--binary", default=target / "release" / "throughline", help="the program")
    parser.add_argument("--bench", help="the bench `reuse` as it was built; else cargo builds it")
    arguments = parser.parse_args()
    bench = [arguments.bench] if arguments.bench else [built()]
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        subprocess.run([*bench, "write", folder, str(arguments.articles), str(arguments.noise)], cwd=ROOT, check=True)
        names = sorted(path.name for path in folder.glob("*.txt"))
        print(f"{len(names) * (len(names) - 1) // 2} pairs, {arguments.noise:.0%} of the words changed")
        binary = pathlib.Path(arguments.binary).resolve()
        peers = {
            "throughline, index": lambda: by_index(bench, folder),
            "throughline, pairs": lambda: with_throughline(binary, folder, names),
        }
        peers["difflib"] = lambda: with_peer(folder, names, by_difflib)
        if LCSseq:
            peers["rapidfuzz"] = lambda: with_peer(folder, names, by_rapidfuzz)
        else:
            print("rapidfuzz is not installed (pip install rapidfuzz), so it is left out")
        files, first = [], None
        for name, work in peers.items():
            lines, wall, cpu = measured(work)
            first = first or (wall, cpu)
            print(f"{name:<20} {wall:8.2f} s, {cpu:8.2f} s CPU: {wall / first[0]:7.1f} and {cpu / first[1]:7.1f} times")
            files.append(folder / f"{name}.jsonl")
            files[-1].write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        subprocess.run([*bench, "score", folder, *files], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
