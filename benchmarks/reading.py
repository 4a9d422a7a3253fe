"""What reading costs: the 100 KB collection from text and from PDF, beside the least that can be done with its bytes.

    python -m benchmarks.reading

Times are the least of several runs that take turns, in milliseconds of processor time; the ratio in each group is to
its first line. Memory is the peak of a fresh process that does that once. The PDF is the collection printed by
`tests.feeds.pdf_pages`: once as simply as a PDF can be written (a line is one string in a standard font), and once as
word processors write (embedded type, every word placed on its own), which is what conferences publish. As in the
process in which documents are read, nothing is collected meanwhile (`feeds.reader_process`).
"""

from __future__ import annotations

import gc
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium

from feeds.extract import extract
from feeds.read import read_document
from tests.feeds.pdf_pages import Look, fitted, printed
from tests.feeds.printed_seeds import RUNNING, collection_types
from tests.seeds import load_seeds

ROUNDS = 25
_TOKEN = re.compile(r"\w+|[^\w\s]")
_READ = "import sys, pathlib; data = pathlib.Path(sys.argv[1]).read_bytes()"
_PEAK = "import re; print(re.search('VmHWM:\\\\s+(\\\\d+)', pathlib.Path('/proc/self/status').read_text())[1])"
"""(The peak that `resource` tells is at least that of the process which started this one.)"""


@dataclass(frozen=True, slots=True)
class Job:
    """What is measured; `code` does the same with `data` in a process of its own."""

    name: str
    run: Callable[[bytes], object]
    code: str


def tokens(data: bytes) -> list[str]:
    return _TOKEN.findall(data.decode())


def bare_text(data: bytes) -> str:
    """The fastest way to all text that pypdfium2 offers."""
    with pdfium.PdfDocument(data) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def record(data: bytes) -> object:
    return read_document(data, "any")


TOKENS = Job("one pass of re over the tokens", tokens, f"import re; re.findall({_TOKEN.pattern!r}, data.decode())")
BARE = Job(
    "pypdfium2: bare text",
    bare_text,
    "import pypdfium2 as p; [page.get_textpage().get_text_range() for page in p.PdfDocument(data)]",
)
LINES = Job("lines with margin numbers, gaps, heads", extract, "from feeds.extract import extract; extract(data)")
RECORD = Job("the whole record", record, "from feeds.read import read_document; read_document(data, 'any')")


def milliseconds(jobs: tuple[Job, ...], data: bytes, rounds: int = ROUNDS) -> list[float]:
    """The least time of each job; they take turns, so that whatever else the machine does disturbs all alike."""
    best = [float("inf")] * len(jobs)
    for _ in range(rounds):
        for at, job in enumerate(jobs):
            start = time.process_time()
            job.run(data)
            best[at] = min(best[at], time.process_time() - start)
    return [seconds * 1000 for seconds in best]


def peak(job: Job, path: Path) -> float:
    """The most memory of a process that does the job, in MB."""
    command = [sys.executable, "-c", f"{_READ}; {job.code}; {_PEAK}", str(path)]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout) / 1024


def show(title: str, data: bytes, jobs: tuple[Job, ...], folder: Path) -> None:
    path = folder / "document"
    path.write_bytes(data)
    times = milliseconds(jobs, data)
    print(f"{title}, {len(data) // 1024} KB")
    for job, took in zip(jobs, times, strict=True):
        print(f"  {job.name:<40}{took:>8.1f} ms{took / times[0]:>8.2f} ×{peak(job, path):>8.0f} MB")


def main() -> None:
    gc.disable()
    text = load_seeds().intmk.read_bytes()
    types, plain = collection_types(text.decode()), Look(running=RUNNING, foot="Seite #")
    with TemporaryDirectory() as name:
        show("Text", text, (TOKENS, LINES, RECORD), Path(name))
        for title, look in (("PDF, plain", plain), ("PDF, as word processors write", replace(plain, processed=True))):
            show(title, printed(types, fitted(types, look)), (BARE, LINES, RECORD), Path(name))


if __name__ == "__main__":
    main()
