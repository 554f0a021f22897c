"""Review days. A day starts at 04:00, so that learning after midnight counts for the evening."""

from __future__ import annotations

from datetime import date, datetime, timedelta

DAY_STARTS_AT = timedelta(hours=4)


def review_day(time: str, zone: str) -> int:
    """Return the review day of an event as a proleptic ordinal.

    Args:
        time: UTC time of the event.
        zone: Offset of the local time from UTC, "+09:00".

    Raises:
        ValueError: The time or the offset is malformed.
    """
    local = datetime.fromisoformat(time.removesuffix("Z") + zone)
    offset = local.utcoffset()
    if offset is None:
        raise ValueError(zone)
    return (local.replace(tzinfo=None) + offset - DAY_STARTS_AT).toordinal()


def today(now: datetime) -> int:
    """Return the review day of a local time."""
    return (now.replace(tzinfo=None) - DAY_STARTS_AT).toordinal()


def iso_date(day: int) -> str:
    """Return a review day as an ISO date: 2026-03-01."""
    return date.fromordinal(day).isoformat()
