"""Pages of goods: the catalogue, what is taken over into it, and the paper matrix."""

from typing import Any

from suppliers.goods.web import catalogue, papers, taking

routes: list[Any] = [*catalogue.routes, *taking.routes, *papers.routes]
