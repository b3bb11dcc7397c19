"""The markup package knows no database, so its tests run in one pass only."""

from pathlib import Path

import pytest

from markup import matching

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.once)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many comparisons each budget paid for so far."""
    spent: list[int] = []
    begin = matching.Budget.__init__
    spend = matching.Budget.spend

    def begun(self: matching.Budget, *args: int) -> None:
        begin(self, *args)
        self.place = len(spent)  # type: ignore[attr-defined]
        spent.append(0)

    def noted(self: matching.Budget, comparisons: int) -> None:
        spend(self, comparisons)
        spent[self.place] += comparisons  # type: ignore[attr-defined]

    monkeypatch.setattr(matching.Budget, "__init__", begun)
    monkeypatch.setattr(matching.Budget, "spend", noted)
    return spent
