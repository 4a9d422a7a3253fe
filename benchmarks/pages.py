"""What is left of a web page: our `feeds.page_content` beside the trafilatura library.

    make bench-pages

Measured on the pages of the corpus, whose records a person has read: the words of the record that are kept, the other
words that are kept too, and of how many pages the reviewed record is read from what is left. trafilatura gives HTML
(with `favor_recall`, with tables), which the same reader reads on. It is installed for this benchmark alone.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from feeds.extract import extract
from tests.corpus.reviewed import documents, read, read_bytes, reviewed

Extraction = Callable[[str], str]
"""A page's HTML → the HTML or text that is left of it."""


def main() -> int:
    try:
        tools: dict[str, Extraction] = {"ours": ours, "trafilatura": _trafilatura()}
    except ModuleNotFoundError as error:
        print(f"{error}: run this by `make bench-pages`", file=sys.stderr)
        return 1
    pages = tuple(path for path in documents() if path.suffix == ".html")
    print(
        f"{'of ' + str(len(pages)) + ' pages':<14}{'words kept':>12}{'other words':>13}{'records right':>15}{'ms':>8}"
    )
    for name, tool in tools.items():
        print(_row(name, tool, pages))
    return 0


def ours(page: str) -> str:
    return "\n".join(line.text for line in extract(page.encode()).lines)


def _trafilatura() -> Extraction:
    library: Any = import_module("trafilatura")

    def left_of(page: str) -> str:
        return library.extract(page, output_format="html", favor_recall=True, include_formatting=True) or ""

    return left_of


def _row(name: str, tool: Extraction, pages: tuple[Path, ...]) -> str:
    kept, wanted, others, right, took = 0, 0, 0, 0, 0.0
    for path in pages:
        html, record = path.read_text(encoding="utf-8"), reviewed(path)
        start = time.process_time()
        left = tool(html)
        took += time.process_time() - start
        told, found = _words(_told(record)), _words(re.sub(r"<[^>]+>", " ", left))
        kept, wanted, others = kept + (told & found).total(), wanted + told.total(), others + (found - told).total()
        right += (read(path) if name == "ours" else read_bytes(left.encode(), path.name)) == record
    return f"{name:<14}{kept / wanted:>12.3f}{others:>13}{right:>15}{took * 1000:>8.1f}"


def _told(record: dict[str, Any]) -> str:
    return json.dumps(
        [
            (one["title"], one["text"], [note["text"] for note in one["protocol_notes"]])
            for one in record["resolutions"]
        ],
        ensure_ascii=False,
    ).replace("\\n", " ")


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


if __name__ == "__main__":
    sys.exit(main())
