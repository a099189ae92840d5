"""A slice is entered by its public.py: the contract that import-linter does not have of its own."""

import grimp
import pytest

from infra.import_contracts import PublicFaces


@pytest.fixture
def graph() -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for module in (
        "services_api",
        "services_api.org",
        "services_api.org.public",
        "services_api.org.models",
        "services_api.cases",
        "services_api.cases.services",
        "services_api.api",
        "cms",
        "cms.models",
        "config",
    ):
        graph.add_module(module)
    return graph


def _check(graph: grimp.ImportGraph, importer: str, imported: str) -> bool:
    graph.add_import(importer=importer, imported=imported, line_number=7, line_contents="...")
    contract = PublicFaces(
        name="faces",
        session_options={},
        contract_options={"packages": ["services_api.*", "cms"], "open": ["services_api.api"], "wiring": ["config"]},
    )
    return bool(contract.check(graph, verbose=False).kept)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("services_api.cases.services", "services_api.org.public"),
        ("services_api.org.public", "services_api.org.models"),
        ("services_api.cases.services", "services_api.api"),
        ("config", "cms.models"),
    ],
)
def test_kept(graph: grimp.ImportGraph, importer: str, imported: str) -> None:
    assert _check(graph, importer, imported)


@pytest.mark.parametrize(
    ("importer", "imported"),
    [("services_api.cases.services", "services_api.org.models"), ("services_api.cases", "cms.models")],
)
def test_broken(graph: grimp.ImportGraph, importer: str, imported: str) -> None:
    assert not _check(graph, importer, imported)
