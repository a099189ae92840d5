"""Servers of their own for the life cycle tests, in temporary folders, removed afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra.local.cluster import Cluster


@pytest.fixture
def make_cluster(tmp_path: Path) -> Iterator[Callable[..., Cluster]]:
    """A function that makes a cluster for a folder below tmp_path; every cluster made is stopped and removed."""
    made: list[Cluster] = []

    def make(name: str = "var") -> Cluster:
        cluster = Cluster(tmp_path / name, durable=False)
        made.append(cluster)
        return cluster

    yield make
    for cluster in made:
        cluster.reset()


@pytest.fixture
def cluster(make_cluster: Callable[..., Cluster]) -> Cluster:
    return make_cluster()
