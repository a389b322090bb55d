"""The queue between records and indexes."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """A record, or a row that shows in records' documents, was written or deleted.

    Written in the transaction of the change itself, so that either both happen or neither. On PostgreSQL the table
    has one more column, `xid`, the number of the writing transaction: ids are given before commit, so a follower
    that went by them would step over the row of a slow transaction. See `changes.py`.
    """

    kind = models.CharField(max_length=64)  # key of an index, or "app.model" of a row that shows in other records
    object_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
