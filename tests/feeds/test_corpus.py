"""Invented documents in every layout we know of give the record that a person read in them.

A document without a reviewed record fails: what the reader gives is written beside it as `<name>.unreviewed.json`. Read
the document, correct that file until it says what the document says, and rename it to `<name>.expected.json`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.corpus.reviewed import FOLDER, as_text, documents, expected_of, read, reviewed


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_the_reader_gives_what_a_person_read(document: Path) -> None:
    check_reviewed(document)
    assert read(document) == reviewed(document)


def test_a_document_nobody_has_read_fails_and_leaves_a_proposal(tmp_path: Path) -> None:
    document = Path(shutil.copy(FOLDER / "amk_1.txt", tmp_path / "new.txt"))
    with pytest.raises(pytest.fail.Exception, match=r"new\.unreviewed\.json"):
        check_reviewed(document)
    assert (tmp_path / "new.unreviewed.json").read_text(encoding="utf-8") == as_text(read(document))


def test_every_record_belongs_to_a_document() -> None:
    records = {path.name for path in FOLDER.glob("*.json")}
    assert records == {expected_of(document).name for document in documents()}


def check_reviewed(document: Path) -> None:
    """Fails unless a person has reviewed the document's record; then a proposal stands beside it."""
    if not expected_of(document).exists():
        proposal = document.with_name(f"{document.stem}.unreviewed.json")
        proposal.write_text(as_text(read(document)), encoding="utf-8")
        pytest.fail(f"{document.name} has no reviewed record: read the document, correct {proposal.name}, rename it")
