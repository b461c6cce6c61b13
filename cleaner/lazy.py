"""What an object is asked for often and works out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

K = TypeVar("K")
T = TypeVar("T")


class lazy(Generic[T]):
    """A property that is worked out when it is first asked for; `functools` locks meanwhile.

    >>> class Page:
    ...     @lazy
    ...     def number(self) -> object: return object()
    >>> page = Page()
    >>> page.number is page.number
    True
    """

    def __init__(self, find: Callable[[Any], T]) -> None:
        self.find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, asked: None, owner: type) -> lazy[T]: ...

    @overload
    def __get__(self, asked: object, owner: type) -> T: ...

    def __get__(self, asked: object | None, owner: type) -> T | lazy[T]:
        """Work it out; from then on it is an attribute, and this is asked no more."""
        if asked is None:
            return self
        found = asked.__dict__[self.name] = self.find(asked)
        return found


class Known(dict[K, T]):
    """Answers that are worked out when they are first asked for; all go once there are too many.

    Asked by ``map(known.__getitem__, ...)`` it takes half the time of `functools.lru_cache`.

    >>> known = Known(len, most=2**16)
    >>> known["Brücke"], known
    (6, {'Brücke': 6})
    """

    def __init__(self, find: Callable[[K], T], most: int) -> None:
        super().__init__()
        self.find, self.most = find, most

    def __missing__(self, asked: K) -> T:
        """Work it out."""
        if len(self) >= self.most:
            self.clear()
        found = self[asked] = self.find(asked)
        return found
