from datetime import UTC, datetime, timedelta, timezone

import pytest

from extractors.submission import Channel, Submission, submission_id_of

NOON = datetime(2025, 1, 15, 12, tzinfo=UTC)
EMPTY_ID = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def submission(**changes):
    known = {
        "submission_id": EMPTY_ID,
        "file_name": "প্রতিবেদন.docx",
        "channel": Channel.FOLDER,
        "sender": "",
        "received_at": NOON,
        "taken_at": NOON,
    }
    return Submission(**(known | changes))


def test_a_submission_is_known_by_the_hash_of_its_bytes():
    assert submission_id_of(b"") == EMPTY_ID
    assert submission_id_of("খুলনা".encode()) != submission_id_of("খুলনা ".encode())


def test_the_channel_reads_as_the_contract_writes_it():
    assert [str(channel) for channel in Channel] == ["folder", "mail"]


@pytest.mark.parametrize("identity", ["", "abc", EMPTY_ID.upper(), EMPTY_ID + "0", "../" + EMPTY_ID[3:]])
def test_what_is_no_hash_is_no_submission_id(identity):
    with pytest.raises(ValueError, match="not a submission id"):
        submission(submission_id=identity)


@pytest.mark.parametrize("moment", [NOON.replace(tzinfo=None), NOON.astimezone(timezone(timedelta(hours=6)))])
@pytest.mark.parametrize("field", ["received_at", "taken_at"])
def test_times_without_a_zone_or_of_another_zone_are_refused(field, moment):
    with pytest.raises(ValueError, match="UTC"):
        submission(**{field: moment})
