import pytest

from flows.settings import WrongSetting, all_settings, number, settings_of, switch, text, words


@pytest.fixture
def file(tmp_path):
    return tmp_path / "protibedon.toml"


def test_what_nobody_says_has_its_default(monkeypatch):
    monkeypatch.delenv("PROTIBEDON_READ_SECONDS", raising=False)
    assert number("read_seconds") == 60


def test_the_environment_goes_before_the_file(monkeypatch, file):
    monkeypatch.setenv("PROTIBEDON_READ_SECONDS", "7.5")
    file.write_text("read_seconds = 9\nread_workers = 3", encoding="utf-8")
    with settings_of(file):
        assert number("read_seconds") == 7.5
        assert number("read_workers") == 3
    assert number("read_workers") == 0


def test_an_installation_without_a_file_has_the_defaults(file):
    with settings_of(file):
        assert text("reference") == ""


@pytest.mark.parametrize("said", ["-1", "0", "many", "nan", "inf", "1e999"])
def test_a_setting_that_is_no_usable_number_is_told_by_name(monkeypatch, said):
    monkeypatch.setenv("PROTIBEDON_READ_SECONDS", said)
    with pytest.raises(WrongSetting, match=f"PROTIBEDON_READ_SECONDS is '{said}'"):
        number("read_seconds")


def test_a_list_is_parted_by_commas_and_may_stand_in_the_file_as_one(monkeypatch, file):
    monkeypatch.delenv("PROTIBEDON_REFERENCE", raising=False)
    file.write_text('reference = ["a", "b c"]', encoding="utf-8")
    with settings_of(file):
        assert words("reference") == ("a", "b c")
    assert words("reference") == ()


@pytest.mark.parametrize("said", ["65536", "99999", "1e30"])
def test_a_setting_that_is_too_large_is_told_with_its_limits(monkeypatch, said):
    monkeypatch.setenv("PROTIBEDON_SMTP_PORT", said)  # the system would take it modulo 65,536, unasked
    with pytest.raises(WrongSetting, match="must be a number from 1 to 65535"):
        number("smtp_port")


@pytest.mark.parametrize(("said", "is_on"), [("true", True), ("ON", True), ("0", False), ("no", False)])
def test_a_switch_is_on_or_off(monkeypatch, said, is_on):
    monkeypatch.setenv("PROTIBEDON_REFERENCE", said)
    assert switch("reference") is is_on


def test_a_switch_that_says_neither_is_told(monkeypatch):
    monkeypatch.setenv("PROTIBEDON_REFERENCE", "perhaps")
    with pytest.raises(WrongSetting, match="must be true or false"):
        switch("reference")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("read_second = 7", "there is no setting read_second; is read_seconds meant"),
        ("[mail]", "there is no setting mail"),
        ("read_seconds 7", "Expected '='"),
    ],
)
def test_a_file_that_cannot_be_meant_is_told(file, written, told):
    file.write_text(written, encoding="utf-8")
    with pytest.raises(WrongSetting, match=told), settings_of(file):
        pass


def test_a_file_that_cannot_be_read_is_told(file):
    file.mkdir()
    with pytest.raises(WrongSetting, match=f"{file}: is a directory"), settings_of(file):
        pass


def test_a_home_that_is_a_file_is_told(file):
    file.write_text("no folder")
    with pytest.raises(WrongSetting, match="not a directory"), settings_of(file / "protibedon.toml"):
        pass


def test_every_setting_says_what_it_means():
    assert all(setting.means.endswith(".") for setting in all_settings().values())
