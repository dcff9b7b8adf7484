"""Taking files in: from the inbox, or from where a person names them, into the originals."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from extractors.archive import unpacked
from extractors.familiar import FamiliarFiles, Look
from extractors.inbox import Inbox, SourceUnavailable, is_settled
from extractors.originals import Arrival, Originals
from extractors.submission import Submission
from flows.settings import number

_KEPT_TOGETHER = 2048  # files whose bytes are forced to disk together, and held in memory until then
_MOST_BYTES_TOGETHER = 64 * 1024**2

_Taken = tuple[Look, bytes, Submission]


def take_files(
    originals: Originals,
    inbox: Inbox,
    familiar: FamiliarFiles,
    kept: Collection[str],
    expect: Callable[[int], object] = lambda _: None,
) -> tuple[dict[str, Submission], list[SourceUnavailable]]:
    """Keep every file of an inbox; return what arrived, by id, and what could not be taken now.

    Files in archives are submissions of their own, and familiar ones are not opened: what they gave is among
    the originals, whose ids are `kept`. `expect` is told how many are not familiar. Raises `WrongSetting`.
    """
    listing = inbox.listing()
    unavailable = list(listing.unavailable)
    arrived: dict[str, Submission] = {}
    new = list(_unfamiliar(listing.files, familiar, kept, arrived, unavailable))
    expect(len(new))
    files = _settled_files(inbox, new, unavailable)
    while together := [*_some(files)]:
        gave = [(look, unpacked(content, submission)) for look, content, submission in together]
        files_in = [(file, one) for _, unpacked_files in gave for file, one in unpacked_files]
        ids = {one.submission_id for _, one in files_in}
        archives = (content for _, content, one in together if one.submission_id not in ids)
        originals.keep_all([(content, Arrival(one)) for content, one in files_in], others=archives)
        for look, unpacked_files in gave:
            familiar.remember(look, [one for _, one in unpacked_files])
        for _, one in files_in:
            arrived.setdefault(one.submission_id, one)
    familiar.keep()
    return arrived, unavailable


def _unfamiliar(
    paths: Iterable[Path],
    familiar: FamiliarFiles,
    kept: Collection[str],
    arrived: dict[str, Submission],
    unavailable: list[SourceUnavailable],
) -> Iterator[tuple[Path, Look]]:
    """Yield the files that have to be opened; what the others gave before is added to what arrived."""
    for path in paths:
        try:
            look = Look(path)
        except OSError as error:
            unavailable.append(SourceUnavailable(path, (error.strerror or str(error)).lower()))
            continue
        known = familiar.submissions_of(look, kept)
        for one in known:
            arrived.setdefault(one.submission_id, one)
        if not known:
            yield path, look


def _settled_files(
    inbox: Inbox, looks: Iterable[tuple[Path, Look]], unavailable: list[SourceUnavailable]
) -> Iterator[_Taken]:
    """Yield each file that nobody is still copying; those that cannot be read are added to `unavailable`."""
    rest = timedelta(seconds=number("settle_seconds"))
    for path, look in looks:
        try:
            if path not in inbox.paths:  # whoever names a file says that it is finished
                _let_settle(path, rest)
            yield look, *inbox.take(path)
        except SourceUnavailable as failure:
            unavailable.append(failure)


def _let_settle(path: Path, rest: timedelta) -> None:
    """Give a file touched just now the time to prove that nobody is still copying it.

    Files dropped together are all waited for at once, since the others rest while the first one does.
    """
    if not is_settled(path, rest):
        time.sleep(rest.total_seconds())
        if not is_settled(path, rest):
            raise SourceUnavailable(path, "still being copied")


def _some(files: Iterator[_Taken]) -> Iterator[_Taken]:
    """Yield the next files, as many as are kept together."""
    room = _MOST_BYTES_TOGETHER
    for taken in islice(files, _KEPT_TOGETHER):
        yield taken
        room -= len(taken[1])
        if room < 0:
            return
