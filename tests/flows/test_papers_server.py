import socket
import urllib.error
import urllib.request

import pytest

from flows.papers_server import is_free, papers_served


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def ask(address: str, host: str | None = None) -> str:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


def test_the_papers_are_shown_and_nothing_beside_them(tmp_path, port):
    folder = tmp_path / "summaries"
    folder.mkdir()
    (folder / "index.html").write_text("সারসংক্ষেপ", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    with papers_served(folder, port) as address:
        assert address == f"http://127.0.0.1:{port}"
        assert ask(f"{address}/index.html") == "সারসংক্ষেপ"
        for outside in ("/../secret.txt", "/%2e%2e/secret.txt"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                ask(address + outside)
        assert not is_free(port)
    assert is_free(port)


def test_a_page_elsewhere_gets_nothing_by_a_name_of_its_own(tmp_path, port):
    (tmp_path / "index.html").write_text("x", encoding="utf-8")
    with papers_served(tmp_path, port) as address:
        with pytest.raises(urllib.error.HTTPError, match="403"):
            ask(f"{address}/index.html", host="evil.example")
        assert ask(f"{address}/index.html", host=f"localhost:{port}") == "x"


def test_port_nought_serves_nothing(tmp_path):
    with papers_served(tmp_path / "summaries", 0) as address:
        assert address == ""
