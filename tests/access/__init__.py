"""What each of the cast gets at each address: a module an app or a part of one, with its rows and what its addresses
are made of. Each module here with a table is one."""

from importlib import import_module
from pkgutil import iter_modules

MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
APPS = [module for module in MODULES if hasattr(module, "TABLE")]
ROWS = [line.split() for app in APPS for line in app.TABLE.strip().splitlines()]


def arguments(world):
    """Name of an address → what it takes, for things of Bo's cohort."""
    return {name: taken for app in APPS for name, taken in app.arguments(world).items()}
