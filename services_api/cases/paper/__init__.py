"""Papers about a case as PDF: the receipt and the decision, with a QR code of the page where the case is followed."""

from services_api.cases.paper.decision import decision_pdf
from services_api.cases.paper.receipt import receipt_pdf

__all__ = ["decision_pdf", "receipt_pdf"]
