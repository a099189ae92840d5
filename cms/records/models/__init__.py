"""Registers of public records: people, budget, property, procurement. One table a model, no tables of translations."""

from cms.records.models.base import RecordQuerySet, RegisterRecord
from cms.records.models.budget import BudgetDocument, BudgetExecution, BudgetLine, BudgetYear
from cms.records.models.dealings import Auction, Procurement, Property, Vacancy
from cms.records.models.people import Body, Mandate, Person
from cms.records.models.places import Organisation, SettlementCard
from cms.records.models.plans import Programme, Report
from cms.records.models.video import Video

__all__ = [
    "Auction",
    "Body",
    "BudgetDocument",
    "BudgetExecution",
    "BudgetLine",
    "BudgetYear",
    "Mandate",
    "Organisation",
    "Person",
    "Procurement",
    "Programme",
    "Property",
    "RecordQuerySet",
    "RegisterRecord",
    "Report",
    "SettlementCard",
    "Vacancy",
    "Video",
]
