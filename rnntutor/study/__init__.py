"""The learner: an append-only log of events, the progress folded from it, and what is due.

The log is the only state. Every session writes one file of its own, DIR/events/UUID.jsonl, a JSON
object a line. The form and every kind of event are described in docs/events.md. Ids of lessons,
pages and questions are strings here; what they mean is the course's business.

    events      reading the files, damaged or not
    log         writing: an event is on the disk before `append` returns
    progress    the fold from events to what is known
    cache       the fold, kept so that a long history starts as fast as an empty one
    days        review days
    schedule    when a question comes back
    statistics  what a whole history says
    transfer    export, import, backup, restore, forget
    place       the directory that holds all of it
"""
