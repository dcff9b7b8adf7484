"""Settings: what an installation may choose, as `settings.toml` beside this file lists and explains it.

A setting is a variable of the environment, `PROTIBEDON_` and its name in capitals. What the environment does
not say, the home's `protibedon.toml` may; what neither says, has its default.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from math import inf, nan
from pathlib import Path

Value = str | int | float | bool

_PREFIX = "PROTIBEDON_"
_SWITCHES = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
}


class WrongSetting(ValueError):  # noqa: N818 (named for what the operator reads)
    """A setting that is not known, or whose value cannot be used."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that an installation may choose, and what holds where it says nothing."""

    name: str
    default: Value
    means: str
    least: float = -inf
    most: float = inf
    secret: bool = False

    @property
    def variable(self) -> str:
        """The variable of the environment that holds it."""
        return _PREFIX + self.name.upper()


@cache
def all_settings() -> Mapping[str, Setting]:
    """Return every setting by its name, in the order of the table."""
    table = tomllib.loads((files(__package__) / "settings.toml").read_text(encoding="utf-8"))
    return {name: Setting(name, **described) for name, described in table.items()}


def text(name: str) -> str:
    """Return a setting as text, its blanks at the ends taken off; empty where nothing is said."""
    setting = all_settings()[name]
    return (os.environ.get(setting.variable) or str(setting.default)).strip()


def words(name: str) -> tuple[str, ...]:
    """Return a setting that lists several things, parted by commas."""
    return parted(text(name))


def parted(said: str) -> tuple[str, ...]:
    """Return what commas part in a text; nothing where it is empty."""
    return tuple(word.strip() for word in said.split(",") if word.strip())


def number(name: str) -> float:
    """Return a setting as a number. Raises `WrongSetting` where it is none, too small or too large."""
    setting, said = all_settings()[name], text(name)
    try:
        value = float(said)
    except ValueError:
        value = nan
    if not (setting.least <= value <= setting.most and value < inf):
        limit = "up" if setting.most == inf else f"to {setting.most:.10g}"
        raise WrongSetting(
            f"{setting.variable} is {said!r}; it must be a number from {setting.least:g} {limit}"
        )
    return value


def switch(name: str) -> bool:
    """Return a setting that is on or off. Raises `WrongSetting` where it says neither."""
    said = text(name).lower()
    if said not in _SWITCHES:
        raise WrongSetting(f"{all_settings()[name].variable} is {said!r}; it must be true or false")
    return _SWITCHES[said]


@contextmanager
def settings_of(file: Path) -> Iterator[None]:
    """Let a `protibedon.toml` say, meanwhile, what the environment does not; none may be there.

    It holds a line `name = value` for each setting. Raises `WrongSetting` for a file that cannot be read, a
    name that is not known, and a secret, which would go with every copy of the folder.
    """
    lent = {variable: value for variable, value in _written_in(file).items() if not os.environ.get(variable)}
    os.environ.update(lent)
    try:
        yield
    finally:
        for variable in lent:
            os.environ.pop(variable, None)


def _written_in(file: Path) -> dict[str, str]:
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as unreadable:  # not permitted, or what should be the home is a file
        raise WrongSetting(f"{file}: {(unreadable.strerror or str(unreadable)).lower()}") from unreadable
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        raise WrongSetting(f"{file}: {mistake}") from mistake
    return {_known(name, file).variable: _as_text(value) for name, value in written.items()}


def _known(name: str, file: Path) -> Setting:
    setting = all_settings().get(name)
    if setting is None:
        near = get_close_matches(name, all_settings(), n=1)
        meant = f"; is {near[0]} meant?" if near else ""
        raise WrongSetting(f"{file}: there is no setting {name}{meant}")
    if setting.secret:
        raise WrongSetting(f"{file}: {name} is a secret; set {setting.variable} in the environment instead")
    return setting


def _as_text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
