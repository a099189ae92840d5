"""Numbers: unique, in order, without a gap, whatever happens around them."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services_api.cases.models import NumberCounter, NumberSeries
from services_api.cases.numbering import next_number
from tenants.context import register, tenant
from tenants.models import Community


class Lost(Exception):
    """Something after the number fails."""


@given(steps=st.lists(st.tuples(st.sampled_from([2026, 2027]), st.booleans()), max_size=30))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_rolled_back_leaves_no_gap(in_meghri, steps):
    given_numbers: dict[int, list[str]] = {}
    with transaction.atomic():
        for year, fails in steps:
            try:
                with transaction.atomic():
                    number = next_number("application", year)
                    if fails:
                        raise Lost
            except Lost:
                continue
            given_numbers.setdefault(year, []).append(number)
        for year, numbers in given_numbers.items():
            assert numbers == [f"Դ-{year}/{index}" for index in range(1, len(numbers) + 1)]
        transaction.set_rollback(True)


def test_many_at_once_with_failures_between(real_commits):
    """Eight threads, a fifth of the transactions fails: the numbers given are 1 to n."""
    with register():
        meghri = Community.objects.get(slug="meghri")

    def one(index: int) -> str:
        try:
            with tenant(meghri), transaction.atomic():
                number = next_number("application", 2026)
                if random.Random(index).random() < 0.2:
                    raise Lost
                return number
        except Lost:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for number in pool.map(one, range(120)) if number]
    assert sorted(int(number.rpartition("/")[2]) for number in numbers) == list(range(1, len(numbers) + 1))
    with tenant(meghri):
        assert NumberCounter.objects.get(year=2026, series__code="application").last == len(numbers)


def test_a_community_writes_its_numbers_its_own_way(in_meghri):
    NumberSeries.objects.filter(code="application").update(pattern="{index}/{year}-ԴԲ")
    with transaction.atomic():
        assert next_number("application", 2026) == "1/2026-ԴԲ"


def test_outside_a_transaction_no_number_is_given(real_commits):
    from django.db.transaction import TransactionManagementError

    with register():
        meghri = Community.objects.get(slug="meghri")
    with tenant(meghri), pytest.raises(TransactionManagementError):
        next_number("application", 2026)
