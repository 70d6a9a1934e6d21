"""Union-find: groups of things that are joined pair by pair."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Disjoint groups of string keys. The smaller key is always the root, so that the order of joins leaves no trace.

    >>> groups = Groups(["a", "b", "c"])
    >>> groups.join("c", "b")
    >>> groups.members()
    [['a'], ['b', 'c']]
    """

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._parent = {key: key for key in keys}

    def root(self, key: str) -> str:
        """Return the smallest key of the group that ``key`` is in; a new key is a group of its own."""
        parent = self._parent
        top = parent.setdefault(key, key)
        while parent[top] != top:
            top = parent[top]
        while parent[key] != top:
            parent[key], key = top, parent[key]
        return top

    def join(self, one: str, other: str) -> None:
        """Make the groups of two keys one."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def members(self) -> list[list[str]]:
        """Return the groups, each sorted, in the order of their smallest keys."""
        found: dict[str, list[str]] = {}
        for key in sorted(self._parent):
            found.setdefault(self.root(key), []).append(key)
        return list(found.values())
