"""Listings: what a query found, read from the record as it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from kronika.store.codec import to_dict

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


class Listing(Sequence[T], Generic[T]):
    """A sequence of records that is read when it is looked at.

    Iterating streams from the record; ``len()`` and indexing read all of it once. ``row`` flattens a record to the
    cells of one table row.

    >>> Listing(lambda: iter("ab"), lambda letter: {"letter": letter}).rows()
    [{'letter': 'a'}, {'letter': 'b'}]
    """

    def __init__(self, read: Callable[[], Iterator[T]], row: Callable[[T], dict[str, Any]]) -> None:
        self._read = read
        self._row = row
        self._items: tuple[T, ...] | None = None

    def __iter__(self) -> Iterator[T]:
        return iter(self._items) if self._items is not None else self._read()

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._all()[index]

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each record: the cells of a table, of CSV, of a data frame."""
        return [self._row(item) for item in self]

    def row_of(self, item: T) -> dict[str, Any]:
        """Return the flat row of one record."""
        return self._row(item)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the records whole, as nested dictionaries with the names of their JSON."""
        return [to_dict(item) for item in self]

    def to_pandas(self) -> pd.DataFrame:
        """Return the flat rows as a data frame; pandas must be installed.

        Raises:
            KronikaError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            from kronika.errors import KronikaError

            raise KronikaError("pandas is not installed", "pip install pandas, or use .to_dicts()") from error
        return pd.DataFrame(self.rows())

    def _all(self) -> tuple[T, ...]:
        if self._items is None:
            self._items = tuple(self._read())
        return self._items
