"""The e-services of a community: one vertical slice per module, lower modules know nothing of higher ones.

Order, low to high: workdays, org, parties, procedures, cases, exchange. A module is used by the others only through
its `public.py`.
"""
