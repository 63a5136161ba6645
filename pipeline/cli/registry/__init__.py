"""`svodka registry …`. Each public module beside this one registers its command; adding a command is adding a file."""

from importlib import import_module
from pkgutil import iter_modules

from pipeline.cli._application import app
from pipeline.cli.registry._feeding import RunFeeding
from pipeline.cli.registry._group import group

__all__ = ["RunFeeding", "group"]

for _module in sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_")):
    import_module(f"{__name__}.{_module}")

app.add_typer(group)
