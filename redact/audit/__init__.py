"""The audit log: append-only, hash-chained, without any found value."""

from redact.audit.chain import Anchor, AuditLog, Entry, Verification, verify
from redact.audit.export import export, verify_export
from redact.audit.record import KINDS
from redact.audit.store import SqliteAuditLog

__all__ = [
    "KINDS",
    "Anchor",
    "AuditLog",
    "Entry",
    "SqliteAuditLog",
    "Verification",
    "export",
    "verify",
    "verify_export",
]
