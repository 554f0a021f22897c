"""Review days. A day starts at 04:00, so that learning past midnight counts as the evening's."""

from __future__ import annotations

from datetime import datetime, timedelta

DAY_STARTS_AT = timedelta(hours=4)


def review_day(time: str, zone: str) -> int:
    """The day, as a proleptic ordinal, of an event's UTC time at the offset `zone` ("+09:00").

    Raises ValueError for what is no time or no offset.
    """
    local = datetime.fromisoformat(time.removesuffix("Z") + zone)
    offset = local.utcoffset()
    if offset is None:
        raise ValueError(zone)
    return (local.replace(tzinfo=None) + offset - DAY_STARTS_AT).toordinal()


def today(now: datetime) -> int:
    """The review day of a local moment."""
    return (now.replace(tzinfo=None) - DAY_STARTS_AT).toordinal()
