"""The outer evaluator: what a visitor finds of each duty, written down beside what the queries say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils import timezone

from cms.disclosure import progress
from cms.disclosure.checking import Outcome, keys_of, record
from cms.disclosure.facts import Facts
from cms.disclosure.findings import ORDER, Finding, missing
from cms.disclosure.models import PublicationDuty, Source, Standing, Verdict
from cms.disclosure.visitor import Fetch, Seen, in_process, over_http, walk
from tenants import hosts
from tenants.models import Community

# Without these a browser protects the visitor less; the information is there all the same, so it is tolerated.
SECURITY_HEADERS = ("content-security-policy", "x-content-type-options", "referrer-policy")
MIN_ARMENIAN_SHARE = 0.5


def look(community: Community, fetch: Fetch | None = None, today: date | None = None) -> Outcome:
    """Walk through the current tenant's site as a visitor and write the findings down. Seconds to minutes.

    `fetch` is for tests; else the setting DUTIES_VISIT says whether this process answers or real HTTP is used.
    """
    day = today or timezone.localdate()
    spared = Standing.objects.filter(community=community, verdict=Verdict.NOT_APPLICABLE).exclude(message="waived")
    duties = list(PublicationDuty.objects.in_force(day).exclude(pk__in=spared.values("duty")))
    pages = Facts(community, keys_of(duties), day).pages
    places = {duty: [pages[key].url for key in duty.page_keys if key in pages and pages[key].url] for duty in duties}
    wanted = {path for paths in places.values() for path in paths}
    schema = community.schema_name

    def tell(seen: int) -> None:
        progress.tell(schema, seen, max(seen, len(wanted)))

    try:
        seen = walk(fetch or fetcher(community), community.primary_host(), wanted, tell)
    except OSError:
        return record(community, {duty: missing("silent") for duty in duties}, Source.OUTER, day)
    finally:
        progress.over(schema)
    findings = {duty: _of_duty(duty.code, paths, seen) for duty, paths in places.items()}
    return record(community, findings, Source.OUTER, day)


def fetcher(community: Community) -> Fetch:
    """How the site is asked: in this process, or over HTTP at the community's own address."""
    if settings.DUTIES_VISIT == "http":
        return over_http(hosts.address(community.primary_host()))
    return in_process(community)


def _of_duty(code: str, paths: list[str], seen: Mapping[str, Seen]) -> Finding:
    """The best of the duty's pages: one place where a visitor finds it is enough."""
    if not paths:
        return missing("no_page")
    if seen["/"].status != 200:
        return missing("answers", url="/", status=seen["/"].status)
    findings = [_of_page(code, path, seen.get(path)) for path in paths]
    return max(findings, key=lambda finding: ORDER.index(Verdict(finding.verdict)))


def _of_page(code: str, path: str, page: Seen | None) -> Finding:
    if page is None:
        return missing("unreachable", url=path)
    if page.status != 200:
        return missing("answers", url=path, status=page.status)
    if page.language.split("-")[0] != settings.LANGUAGE_CODE or page.armenian < MIN_ARMENIAN_SHARE:
        return missing("other_language", url=path)
    if code not in page.duties:
        return missing("unmarked", url=path)
    absent = [name for name in SECURITY_HEADERS if name not in page.headers]
    if absent:
        return Finding(Verdict.TOLERATED, "headers", {"names": ", ".join(absent)}, path)
    return Finding(Verdict.PASS, "reached", {"clicks": page.clicks}, path)
