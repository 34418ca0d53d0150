"""Work asked for as a job of any kind: what may be asked, the job as it is told, and its stream of events.

What must not live here: routes (`routes/work`), or doing the work.
"""
