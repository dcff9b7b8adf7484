"""The rehearsal: a run's whole work done in a home that is thrown away, to see what it would do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.home import Home
from warehouse.backup import copy_warehouse


@contextmanager
def stage_of(home: Home, *, dry_run: bool) -> Iterator[Home]:
    """Yield the home itself, or for a dry run one that knows the same and is gone afterwards.

    There the warehouse is a copy and the originals are links: they are only ever replaced, never written
    into, so the files that they stand for stay as they are. Raises `WarehouseBusy` as `copy_warehouse` does.
    """
    if not dry_run:
        yield home
        return
    with TemporaryDirectory(prefix="protibedon-rehearsal-") as folder:
        stage = Home(Path(folder))
        stage.make()
        if home.lake or home.warehouse_file.is_file():
            copy_warehouse(home.warehouse, stage.warehouse_file)
        for original in (path for path in home.originals.rglob("*") if path.is_file()):
            _link(original, stage.originals / original.relative_to(home.originals))
        if home.published.is_file():
            _link(home.published, stage.published)
        yield stage


def _link(file: Path, link: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(file)
