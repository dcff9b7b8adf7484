"""A million cells with 15,000 distinct texts: what making them canonical costs, beside a plain NFC loop.

Run by `make bench`. Figures are medians over repeats in one process, and what is quoted is their ratio.
"""

import random
import statistics
import time
import unicodedata
from collections.abc import Callable, Sequence

from transforms.bengali_text import canonical

CELLS, DISTINCT, REPEATS = 1_000_000, 15_000, 5
WORDS = ["অর্জিত", "হয়েছে", "বাস্তবায়িত", "করা", "হবে", "কোয়ার্টারে", "অধিদপ্তর", "কর্তৃক", "১২", "৮৪.২১%"]
BROKEN_WORDS = ["ব্য\u09f1স্থাপনা", "সম\u09df", "বাং\u200cলাদেশ"]


def made_cells() -> list[str]:
    """Return a million cells drawn from distinct texts of two to six words, many in need of repair."""
    chance = random.Random(1971)
    words = WORDS + BROKEN_WORDS
    distinct = [
        f"{' '.join(chance.choices(words, k=chance.randint(2, 6)))} {number}" for number in range(DISTINCT)
    ]
    return chance.choices(distinct, k=CELLS)


def every_cell(cells: Sequence[str]) -> list[str]:
    """Normalise as the transforms do: cell by cell, and what has been seen is remembered."""
    return [canonical(text) for text in cells]


def only_distinct(cells: Sequence[str]) -> list[str]:
    """Normalise the distinct texts and nothing more: what cannot be avoided."""
    return [canonical(text) for text in set(cells)]


def plain_nfc(cells: Sequence[str]) -> list[str]:
    """Bring each cell to NFC, one by one: what a script would do, and what repairs nothing."""
    return [unicodedata.normalize("NFC", text) for text in cells]


def median_seconds(work: Callable[[Sequence[str]], list[str]], cells: Sequence[str]) -> float:
    """Time a normalisation, each repeat with nothing remembered from the one before."""
    spent = []
    for _ in range(REPEATS):
        canonical.cache_clear()
        begun = time.perf_counter()
        work(cells)
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def main() -> None:
    """Print the three medians and their ratios."""
    cells = made_cells()
    ours, least, plain = (median_seconds(work, cells) for work in (every_cell, only_distinct, plain_nfc))
    print(f"{CELLS:,} cells, {DISTINCT:,} distinct texts, medians of {REPEATS}")
    print(f"  canonical, every cell         {ours:6.2f} s")
    print(f"  canonical, distinct only      {least:6.2f} s   ours / this: {ours / least:.2f}")
    print(f"  plain NFC, cell by cell       {plain:6.2f} s   ours / this: {ours / plain:.2f}")


if __name__ == "__main__":
    main()
