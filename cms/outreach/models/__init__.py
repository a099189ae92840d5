"""What the site says to residents and hears from them: alerts, feedback, subscriptions, polls."""

from cms.outreach.models.alerts import Alert
from cms.outreach.models.feedback import FeedbackComment, PageFeedback
from cms.outreach.models.polls import Poll, PollAnswer, PollQuestion
from cms.outreach.models.subscriptions import Delivery, DigestClock, Subscriber

__all__ = [
    "Alert",
    "Delivery",
    "DigestClock",
    "FeedbackComment",
    "PageFeedback",
    "Poll",
    "PollAnswer",
    "PollQuestion",
    "Subscriber",
]
