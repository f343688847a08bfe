"""Lists, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

PAGE_SIZE = 100
ALL = "all"
"""In place of the number of a page: the whole list, in one file."""


@dataclass(frozen=True)
class Paging:
    """Where a page stands among the pages of a list.

    Attributes:
        number: of the page, from 1.
        total: how many entries the list has.
        size: how many stand on a page.
    """

    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def beyond(self) -> bool:
        """Whether the page lies beyond the end."""
        return self.number > self.last

    @property
    def start(self) -> int:
        """The number of entries before the page."""
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        """The number of entries up to the end of the page."""
        return min(self.start + self.size, self.total)

    @property
    def arguments(self) -> dict[str, int]:
        """The query argument of the page; the first page needs none."""
        return {"page": self.number} if self.number > 1 else {}

    @property
    def near(self) -> list[int]:
        """The pages that a reader may want to go to; 0 stands for a gap."""
        around = range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)
        wanted = sorted({1, *around, self.last})
        pages: list[int] = []
        for page in wanted:
            if pages and page - pages[-1] > 1:
                pages.append(0)
            pages.append(page)
        return pages

    def links(self, address: str, arguments: Mapping[str, object]) -> tuple[str, ...]:
        """Return the values of ``Link`` that lead to the other pages.

        Spec: https://www.rfc-editor.org/rfc/rfc8288
        """
        pages = {"first": 1, "last": self.last}
        if self.number > 1:
            pages["prev"] = self.number - 1
        if self.number < self.last:
            pages["next"] = self.number + 1
        found = []
        for relation, page in pages.items():
            query = urlencode({**arguments, **({"page": page} if page > 1 else {})}, doseq=True)
            found.append(f'<{address}{"?" if query else ""}{query}>; rel="{relation}"')
        return tuple(found)
