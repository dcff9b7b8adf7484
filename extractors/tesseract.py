"""Tesseract: the program that recognises print in pictures, here Bengali.

It is started once for all the pictures of a page, since starting takes longer than a word does.
"""

import csv
import io
import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from extractors.refusal import NeedsReview, Reason, UnreadableFile

MOST_SECONDS = 120  # for one page; a full one takes some five

_LANGUAGE = "ben"
_SCRIPTS = ("Bengali", "script/Bengali")  # names of the second model; with it, figures come out better
_ORIENTATION = "osd"
_ONE_BLOCK_OF_LINES, _ORIENTATION_ONLY = "6", "0"
_WORD = "5"  # the level of words in tesseract's table, which has rows for blocks, paragraphs and lines too
_ROTATE = re.compile(r"^Rotate: (90|180|270)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """One line of print, and how sure (0 to 100) tesseract is of its worst word."""

    text: str
    confidence: float


def recognise(pictures: Sequence[Image.Image]) -> list[tuple[RecognisedLine, ...]]:
    """Return the lines of each picture, in their order; none where nothing was recognised.

    Raises `NeedsReview` where tesseract or its Bengali model is not installed, and `UnreadableFile` where
    it fails or takes too long.
    """
    models = _models()
    words: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
    with TemporaryDirectory(prefix="protibedon-") as folder:
        names = _saved(pictures, Path(folder))
        table = _run(names, "-", "-l", models, "--psm", _ONE_BLOCK_OF_LINES, "tsv") if pictures else ""
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == _WORD and row["text"].strip():
            words[int(row["page_num"])].append(row)
    return [tuple(_lines(words[number])) for number in range(1, len(pictures) + 1)]


def upright(page: Image.Image) -> Image.Image:
    """Return a page turned by quarters until its text stands upright, where tesseract can tell."""
    if _ORIENTATION not in _installed_models():
        return page
    with TemporaryDirectory(prefix="protibedon-") as folder:
        names = _saved([page], Path(folder))
        try:
            said = _run(names, "-", "-l", _ORIENTATION, "--psm", _ORIENTATION_ONLY)
        except UnreadableFile:  # too few letters to tell
            return page
    turn = _ROTATE.search(said)
    return page.rotate(-int(turn[1]), expand=True) if turn else page


def _lines(words: Sequence[dict[str, str]]) -> Iterator[RecognisedLine]:
    for _, group in groupby(words, key=lambda word: (word["block_num"], word["par_num"], word["line_num"])):
        line = list(group)
        text = " ".join(word["text"] for word in line)
        yield RecognisedLine(text, min(float(word["conf"]) for word in line))


def _saved(pictures: Sequence[Image.Image], folder: Path) -> str:
    """Save pictures and, in a file of its own, the list of their names; return the name of that."""
    paths = [folder / f"{number}.png" for number in range(len(pictures))]
    for picture, path in zip(pictures, paths, strict=True):
        picture.save(path, compress_level=1)
    names = folder / "pictures.txt"
    names.write_text("\n".join(map(str, paths)), encoding="utf-8")
    return str(names)


def _models() -> str:
    installed = _installed_models()
    if _LANGUAGE not in installed:
        raise NeedsReview(Reason.NEEDS_TESSERACT, f"no model “{_LANGUAGE}”")
    return "+".join([_LANGUAGE, *[script for script in _SCRIPTS if script in installed][:1]])


def _installed_models() -> frozenset[str]:
    return frozenset(_run("--list-langs").splitlines()[1:])


def _run(*arguments: str) -> str:
    # More threads make a small picture slower, and there are other files to read.
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        answer = subprocess.run(
            ["tesseract", *arguments],
            env=alone,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise NeedsReview(Reason.NEEDS_TESSERACT, "tesseract") from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(Reason.TOO_LARGE, f"tesseract took more than {MOST_SECONDS} s") from error
    if answer.returncode != 0:
        raise UnreadableFile(Reason.DAMAGED, answer.stderr.decode("utf-8", "replace").strip()[-200:])
    return answer.stdout.decode("utf-8", "replace")
