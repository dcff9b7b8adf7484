"""A refused file: the finding that tells an office why nothing was read from what it sent."""

from extractors.refusal import NeedsReview, Refusal, UnsafeContent
from transforms.finding import Finding, finding
from transforms.reference import load_toml


def refused_file(file_name: str, refusal: Refusal) -> Finding:
    """Return `unsafe_content`, `needs_review` or `unreadable_file`, its sentence completed with the reason.

    The reasons' words stand in `reference/words.toml`; a kind of file without words of its own is told to be
    one that is not read yet.
    """
    if isinstance(refusal, NeedsReview):
        return needs_review(file_name, refusal.reason_code)
    code = "unsafe_content" if isinstance(refusal, UnsafeContent) else "unreadable_file"
    reasons = load_toml("words.toml")[code]
    words = reasons.get(refusal.reason_code) or reasons["unread_kind"]
    return finding(
        code, raw_text=refusal.detail, file=file_name, reason_bn=words["bn"], reason_en=words["en"]
    )


def needs_review(file_name: str, outcome: str, draft: str = "") -> Finding:
    """Raise the finding that keeps a scan out of the figures.

    `outcome` is what has become of it so far, an entry of `needs_review` in `reference/words.toml`; `draft`
    is where its draft stands, for `drafted`.
    """
    words = load_toml("words.toml")["needs_review"][outcome]
    return finding(
        "needs_review",
        file=file_name,
        outcome_bn=words["bn"].format(draft=draft),
        outcome_en=words["en"].format(draft=draft),
    )
