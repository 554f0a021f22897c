"""The learner: an append-only log of events, what it adds up to, and what is due.

The log is the only state. Every session writes one file of its own, DIR/events/UUID.jsonl: one JSON
object a line with

    v         version of the form, 1
    session   uuid of the session that wrote it
    sequence  number within the session, from 1
    time      UTC, "2026-03-01T04:00:00.000000Z"; never runs back within a session
    zone      the learner's offset from UTC, "+09:00"
    kind      what happened, below
    data      its particulars, below

Ids of lessons, pages and questions are strings here; what they mean is the course's business.

| kind      | data                                          | adds up to                        |
|-----------|-----------------------------------------------|-----------------------------------|
| setting   | name, value                                   | settings: the last value          |
| page      | lesson, page                                  | place (the last), visited         |
| done      | lesson, page                                  | done                              |
| predicted | lesson, page, given, right (null: skipped)    | predicted                         |
| tried     | lesson, page                                  | tried: a challenge begun          |
| tick      | lesson, page, name ("do", "goal")             | ticks                             |
| hint      | question, rev, variant, number                | nothing: an answer counts them    |
| answer    | question, rev, variant, lang, given, score    | questions[question]               |
|           | (0 to 1), state, confidence (1 a guess …      |                                   |
|           | 3 sure, or null), hints, seconds, option      |                                   |
| undo      | sequence (and session, if not its own)        | revokes the answer it names       |

The right column names fields of `progress.Progress`. An event of another kind, or of a newer
version, stays in its file and counts for nothing.
"""
