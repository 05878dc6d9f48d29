"""A changed copy of a value, as `dataclasses.replace` gives it.

A case has more than eighty fields and is copied some times in each turn, which is most of what the core
takes. Here the fields of a class are looked up once, and a copy takes a third of the time: for what is
copied in every turn.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import replace as replace  # so that every change is checked
else:
    from dataclasses import fields
    from dataclasses import replace as _anyhow
    from functools import cache
    from operator import attrgetter

    def replace(value, /, **changes):
        """The value with these changes. Raises TypeError for a field that it has not."""
        kind = type(value)
        plan = _plan(kind)
        if plan is None or not changes.keys() <= plan[1].keys():
            return _anyhow(value, **changes)
        every, places, put = plan
        held = list(every(value))
        for name, change in changes.items():
            held[places[name]] = change
        copy = object.__new__(kind)
        for each, of_value in zip(put, held, strict=True):
            each(copy, of_value)
        return copy

    @cache
    def _plan(kind):
        """What gives all fields of a class, their places, and what puts each; None for a class that does
        more than to hold them.
        """
        own = fields(kind)
        plain = len(own) > 1 and all(f.init for f in own) and "__slots__" in vars(kind)
        if not plain or hasattr(kind, "__post_init__"):
            return None
        names = [field.name for field in own]
        places = {name: at for at, name in enumerate(names)}
        return attrgetter(*names), places, [getattr(kind, name).__set__ for name in names]
