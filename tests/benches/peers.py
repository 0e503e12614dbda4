#!/usr/bin/env python3
"""What other programs make of the inputs of `against.py`, one call a program, so that each can be measured by itself.

    peers.py versions                       names those that are there, with their versions, as JSON
    peers.py reuse PEER FOLDER OUT          all pairs of the .txt files of a folder: {"a", "a_span", "b", "b_span"} a line
    peers.py text PEER FOLDER OUT           the article's text of each .html file: {"page", "text"} a line
    peers.py dates PEER FOLDER OUT          its day of publication: {"page", "date"} a line

difflib comes with Python; the others are used where they can be imported:

    pip install rapidfuzz text-matcher stop-words==2018.7.23 htmldate trafilatura lxml_html_clean

difflib and rapidfuzz give runs of equal words, which are joined here to passages as far as gaps of a few words allow; the
rule is the one of 54 that scored best for both. The others answer in passages, texts and days of their own, and are called
as their makers show it.
"""

import contextlib
import difflib
import importlib.metadata
import importlib.util
import io
import itertools
import json
import pathlib
import platform
import re
import sys

# Runs of fewer words are chance.
MIN_RUN = 3
# Runs are one passage over gaps of so many words in either text.
MAX_GAP = 4
# A passage has so many equal words, and this share of its words is equal.
MIN_WORDS = 8
MIN_SHARE = 0.65


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


def by_runs(blocks_of):
    """Pairs of texts through a function from two lists of words to runs of equal ones."""

    def passages(one, other):
        (a_words, a_spans), (b_words, b_spans) = one, other
        for start, end, from_, to, _ in joined(blocks_of(a_words, b_words)):
            yield [a_spans[start][0], a_spans[end - 1][1]], [b_spans[from_][0], b_spans[to - 1][1]]

    return words, passages


def difflib_runs(a, b):
    return difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()


def with_difflib():
    return by_runs(difflib_runs)


def with_rapidfuzz():
    from rapidfuzz.distance import LCSseq

    return by_runs(lambda a, b: LCSseq.opcodes(a, b).as_matching_blocks())


def with_text_matcher():
    """text-matcher with its own settings. It prints as it goes, and wants NLTK's list of stop words."""
    import nltk
    from text_matcher.matcher import Matcher, Text

    try:
        nltk.corpus.stopwords.words("english")
    except LookupError:
        # NLTK fetches its lists apart from the package; the one of `stop-words` is much the same.
        import stop_words

        english = stop_words.get_stop_words("english")
        nltk.corpus.stopwords = type("Stopwords", (), {"words": staticmethod(lambda _: english)})

    def passages(one, other):
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                _, a_spans, b_spans = Matcher(one, other).match()
            except IndexError:
                # It stops where a passage touches the end of a text.
                return []
        return [(list(a), list(b)) for a, b in zip(a_spans, b_spans)]

    return lambda text: Text(text, ""), passages


REUSE = {"difflib": with_difflib, "rapidfuzz": with_rapidfuzz, "text-matcher": with_text_matcher}


def reuse(peer, folder, out):
    prepare, passages_of = REUSE[peer]()
    texts = {path.name: prepare(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))}
    for a, b in itertools.combinations(texts, 2):
        for a_span, b_span in passages_of(texts[a], texts[b]):
            out.write(json.dumps({"a": a, "a_span": a_span, "b": b, "b_span": b_span}) + "\n")


def text_by_trafilatura(**settings):
    import trafilatura

    return lambda html: trafilatura.extract(html, include_comments=False, include_tables=False, **settings)


TEXT = {
    "trafilatura": text_by_trafilatura,
    "trafilatura, precise": lambda: text_by_trafilatura(favor_precision=True),
}


def date_by_htmldate(is_extensive):
    import htmldate

    return lambda html: htmldate.find_date(html, original_date=True, extensive_search=is_extensive)


def date_by_trafilatura():
    import trafilatura

    def date(html):
        found = trafilatura.extract_metadata(html)
        return found and found.date

    return date


DATES = {
    "htmldate": lambda: date_by_htmldate(True),
    "htmldate, fast": lambda: date_by_htmldate(False),
    "trafilatura": date_by_trafilatura,
}


def pages(field, ask, folder, out):
    """One answer a page; a page on which the program stops has none."""
    for path in sorted(folder.glob("*.html")):
        try:
            answer = ask(path.read_bytes())
        except Exception as error:  # noqa: BLE001: whatever stops another program counts as no answer
            print(f"{path.name}: {error}", file=sys.stderr)
            answer = None
        out.write(json.dumps({"page": path.name, field: answer}) + "\n")


def versions():
    """What is there to be measured, by the name of its package."""
    there = {"difflib": platform.python_version()}
    for package, module in [
        ("rapidfuzz", "rapidfuzz"),
        ("text-matcher", "text_matcher"),
        ("htmldate", "htmldate"),
        ("trafilatura", "trafilatura"),
    ]:
        if importlib.util.find_spec(module):
            there[package] = importlib.metadata.version(package)
    return there


def main():
    match sys.argv[1:]:
        case ["versions"]:
            print(json.dumps(versions()))
        case ["reuse" | "text" | "dates" as what, peer, folder, file]:
            folder = pathlib.Path(folder)
            with open(file, "w", encoding="utf-8") as out:
                match what:
                    case "reuse":
                        reuse(peer, folder, out)
                    case "text":
                        pages("text", TEXT[peer](), folder, out)
                    case "dates":
                        pages("date", DATES[peer](), folder, out)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
