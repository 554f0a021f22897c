"""The learner's history: an append-only log of events, and what is derived from it.

The log is the only state. Every session writes its own file, DIR/events/UUID.jsonl, with one JSON
object per line. docs/events.md describes the format and every kind of event. The ids of lessons,
pages and questions are plain strings in this package.

    events      reading the files, damaged or not
    log         writing: an event is on disk before `append` returns
    progress    the fold from events to the learner's progress
    cache       the cached fold, so that a long history loads as fast as an empty one
    days        review days
    schedule    when a question is due again
    forgetting  the formulas of FSRS
    statistics  statistics over a whole history
    transfer    export, import, backup, restore, forget
    directory   the data directory
    new_file    files that are written completely or not at all
"""
