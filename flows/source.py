"""Source: where a run looks for new reports."""

from enum import StrEnum


class Source(StrEnum):
    """Where a run looks for new reports: in the inbox folder, in the mailbox, or in both."""

    INBOX = "inbox"
    MAILBOX = "mailbox"
    BOTH = "both"

    @property
    def looks_into_inbox(self) -> bool:
        """Whether the inbox folder is looked into."""
        return self is not Source.MAILBOX

    @property
    def looks_into_mailbox(self) -> bool:
        """Whether the mailbox is looked into."""
        return self is not Source.INBOX
