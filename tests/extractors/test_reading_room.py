"""The reading room under files that kill, hang and devour.

`eval` stands for a parser that whoever sends the file can make do anything.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractors.desk import Limits
from extractors.reading_room import Interruption, NoDesk, ReadingRoom
from extractors.refusal import UnreadableFile

ROOMY = Limits(memory_bytes=1024**3, seconds=60)
ABORT = "__import__('os').abort()"
HANG = "__import__('time').sleep(600)"
DEVOUR = "bytearray(2 * 1024**3)"
WHO = "__import__('os').getpid()"


def read(*files: str, limits: Limits = ROOMY, desks: int = 2) -> list[object]:
    """What the room gave for each file, in the order of the files, each exactly once."""
    with ReadingRoom(eval, limits, desks) as room:
        results = list(room.read((file,) for file in files))
    assert sorted(position for position, _ in results) == list(range(len(files)))
    return [result for _, result in sorted(results, key=lambda pair: pair[0])]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def ends_soon(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(pid)


def test_every_file_gives_what_the_reader_gives_in_this_process():
    files = [f"({number}, 'ক' * {number})" for number in range(300)]
    assert read(*files) == [eval(file) for file in files]


def test_a_run_that_was_started_under_a_lower_limit_of_memory_reads_under_that():
    lower = 900 * 1024**2
    limit = "__import__('resource').getrlimit(__import__('resource').RLIMIT_AS)"
    program = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({lower}, {lower}))\n"
        "from extractors.desk import Limits; from extractors.reading_room import ReadingRoom\n"
        f"with ReadingRoom(eval, Limits(1024**3, 60), 1) as room: print(dict(room.read([({limit!r},)]))[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == f"({lower}, {lower})", done.stderr


def test_no_files_need_no_desk():
    assert read() == []


def test_desks_are_other_processes_and_stay_for_the_next_file():
    readers = set(read(*[WHO] * 20, desks=1))
    assert len(readers) == 1
    assert os.getpid() not in readers


def test_several_desks_share_many_files():
    assert len(set(read(*["(__import__('time').sleep(0.01), __import__('os').getpid())[1]"] * 400))) == 2


def test_several_desks_share_files_that_take_long():
    assert len(set(read(*["(__import__('time').sleep(0.6), __import__('os').getpid())[1]"] * 7))) == 2


def test_a_few_files_that_are_quickly_read_are_not_worth_another_desk():
    assert len(set(read(*[WHO] * 20))) == 1


@pytest.mark.parametrize(
    ("file", "reason", "detail"),
    [
        (ABORT, Interruption.TOO_DEMANDING, "SIGABRT"),
        ("__import__('ctypes').string_at(0)", Interruption.TOO_DEMANDING, "SIGSEGV"),
        (DEVOUR, Interruption.TOO_DEMANDING, "more than 1,024 MB of memory"),
        ("__import__('os').kill(0, 9)", Interruption.TOO_DEMANDING, "more than 1,024 MB of memory"),
        ("bytes(65 * 1024**2)", Interruption.TOO_DEMANDING, "more than 1,024 MB of memory"),
        ("1 / 0", Interruption.READER_FAILED, "exit code 1"),
        ("exit(0)", Interruption.READER_FAILED, "exit code 0"),
        (
            "__import__('threading').Lock()",
            Interruption.READER_FAILED,
            "exit code 1",
        ),  # cannot be handed over
    ],
)
def test_what_ends_a_desk_is_told_of_the_file_alone(file, reason, detail):
    before, refusal, after = read("'before'", file, "'after'", desks=1)
    assert (before, after) == ("before", "after")
    assert isinstance(refusal, UnreadableFile)
    assert (refusal.reason_code, refusal.detail) == (reason, detail)


def test_a_file_that_needs_ever_more_memory_is_given_up_when_there_is_none(tmp_path):
    # Python itself may loop for ever where no byte is left to raise the error with: seconds, not a minute.
    grow = "[' '.join(map(str, range(1000))) for n in range(10**9)]"
    before, refusal, after = read("1", grow, "2", limits=Limits(200 * 1024**2, seconds=60), desks=1)
    assert (before, after) == (1, 2)
    assert (refusal.reason_code, refusal.detail) == ("too_demanding", "more than 200 MB of memory")


def test_a_file_that_takes_for_ever_is_given_up_after_its_time():
    begun = time.monotonic()
    before, refusal, after = read("1", HANG, "2", limits=Limits(1024**3, seconds=1), desks=1)
    assert time.monotonic() - begun < 10
    assert (before, after) == (1, 2)
    assert (refusal.reason_code, refusal.detail) == ("too_demanding", "more than 1 seconds")


def test_the_time_is_that_of_one_file_and_not_of_those_before_it():
    slow = "__import__('time').sleep(0.6)"
    assert read(*[slow] * 4, limits=Limits(1024**3, seconds=1.5), desks=1) == [None] * 4


def test_time_spent_by_whoever_takes_the_results_is_not_counted():
    with ReadingRoom(eval, Limits(1024**3, seconds=0.5), 1) as room:
        results = []
        for _, result in room.read([("1",), ("2",), ("3",)]):
            results.append(result)
            time.sleep(0.8)
    assert results == [1, 2, 3]


def test_many_deadly_files_cost_no_other_file():
    files = [ABORT if number % 7 == 3 else str(number) for number in range(60)]
    for number, result in enumerate(read(*files)):
        if files[number] == ABORT:
            assert isinstance(result, UnreadableFile)
        else:
            assert result == number


def test_answers_that_a_dying_desk_had_not_sent_are_read_for_again():
    quick = [str(number) for number in range(150)]
    results = read(*quick, ABORT, *quick, desks=1)  # quick files are handed over and answered by the bundle
    assert results[:150] == results[151:] == list(range(150))
    assert isinstance(results[150], UnreadableFile)


def test_results_that_are_large_together_are_no_fault_of_any_file():
    results = read(*["bytes(40 * 1024**2)"] * 12, limits=Limits(700 * 1024**2, seconds=60), desks=1)
    assert [len(result) for result in results] == [40 * 1024**2] * 12


def test_a_program_called_for_a_file_ends_with_it(tmp_path):
    note = tmp_path / "pid"
    call = f"__import__('subprocess').run(['sh', '-c', 'echo $$ > {note}; sleep 600; true'])"
    [refusal] = read(call, limits=Limits(1024**3, seconds=1))
    assert refusal.reason_code == "too_demanding"
    assert ends_soon(int(note.read_text()))


def test_what_an_ended_reader_left_in_its_temporary_folder_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    leave = "__import__('tempfile').NamedTemporaryFile(delete=False).name"
    name, refusal = read(leave, f"({leave}, {ABORT})")
    assert Path(name).parent.parent == tmp_path
    assert isinstance(refusal, UnreadableFile)
    assert list(tmp_path.iterdir()) == []


def test_an_abort_leaves_no_core_behind():
    assert read("__import__('resource').getrlimit(__import__('resource').RLIMIT_CORE)") == [(0, 0)]


def test_a_desk_that_has_kept_much_makes_way_without_costing_a_file():
    keep = "[globals().setdefault('kept', []).append(bytearray(200 * 1024**2)), __import__('os').getpid()][1]"
    readers = read(*[keep] * 6, limits=Limits(400 * 1024**2, seconds=60), desks=1)
    assert len(set(readers)) == 6


def test_a_desk_that_cannot_even_start_is_no_fault_of_the_file(capfd):
    with pytest.raises(NoDesk, match="no reading process could be started"):
        read("1", limits=Limits(memory_bytes=20 * 1024**2, seconds=60))


def test_a_file_is_named_and_not_handed_over_itself():
    with pytest.raises(ValueError, match="bytes of arguments"):
        read("'" + "x" * 40_000 + "'")


def sign_in() -> None:
    Path(os.environ["SIGNED_IN"], str(os.getpid())).touch()


@pytest.mark.parametrize(("files", "desks"), [(0, 0), (1, 1), (299, 1), (300, 2), (10_000, 2)])
def test_desks_open_and_prepare_themselves_while_files_are_awaited(tmp_path, monkeypatch, files, desks):
    monkeypatch.setenv("SIGNED_IN", str(tmp_path))
    with ReadingRoom(eval, ROOMY, 2, sign_in) as room:
        room.expect(files)
        room.expect(files)
        deadline = time.monotonic() + 10
        while len(list(tmp_path.iterdir())) < desks and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(list(tmp_path.iterdir())) == desks
        readers = {reader for _, reader in room.read([(WHO,)] * 9)}
    assert readers <= {int(desk.name) for desk in tmp_path.iterdir()}


def test_desks_stay_open_from_one_reading_to_the_next():
    with ReadingRoom(eval, ROOMY, 2) as room:
        assert len({reader for _ in range(3) for _, reader in room.read([(WHO,)] * 5)}) == 1


def test_a_desk_that_ended_between_two_readings_costs_no_file():
    with ReadingRoom(eval, ROOMY, 1) as room:
        [(_, reader)] = room.read([(WHO,)])
        os.kill(reader, signal.SIGKILL)
        assert ends_soon(reader)
        assert list(room.read([("1",), ("2",)])) == [(0, 1), (1, 2)]


def test_what_was_asked_in_a_reading_that_was_left_is_no_answer_in_the_next():
    with ReadingRoom(eval, ROOMY, 2) as room:
        next(room.read([("1",), ("2",), ("3",)]))
        assert dict(room.read([("4",), ("5",)])) == {0: 4, 1: 5}


def test_leaving_the_room_early_ends_the_desks():
    with ReadingRoom(eval, ROOMY, 2) as room:
        results = room.read([(WHO,), (WHO,), (HANG,), (HANG,)])
        _, reader = next(results)
        assert is_running(reader)
    assert not is_running(reader)


def test_desks_end_when_the_run_is_killed(tmp_path):
    note = tmp_path / "pids"
    call = f"__import__('subprocess').run(['sh', '-c', 'echo $$ $PPID > {note}; sleep 600; true'])"
    script = (
        "from extractors.desk import Limits\nfrom extractors.reading_room import ReadingRoom\n"
        "with ReadingRoom(eval, Limits(1024**3, 600), 1) as room:\n"
        f"    list(room.read([({call!r},)]))\n"
    )
    run = subprocess.Popen([sys.executable, "-c", script])
    while not (note.exists() and note.read_text().endswith("\n")):
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait()
    program, desk = map(int, note.read_text().split())
    assert ends_soon(desk)
    assert ends_soon(program)


def test_rooms_work_inside_threads():
    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(lambda _: read(*[str(n) for n in range(20)], ABORT), range(3)))
    for result in results:
        assert result[:20] == list(range(20))
        assert isinstance(result[20], UnreadableFile)


def test_rooms_work_inside_processes_that_may_have_no_children(tmp_path):
    # What a Dask worker is: multiprocessing refuses to start anything there.
    script = tmp_path / "daemonic.py"
    script.write_text(
        "import multiprocessing\n"
        "from extractors.desk import Limits\nfrom extractors.reading_room import ReadingRoom\n"
        "def work():\n"
        "    with ReadingRoom(eval, Limits(1024**3, 60), 1) as room:\n"
        "        print(dict(room.read([('6 * 7',)])), flush=True)\n"
        "if __name__ == '__main__':\n"
        "    process = multiprocessing.get_context('spawn').Process(target=work, daemon=True)\n"
        "    process.start(); process.join()\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout == "{0: 42}\n"


def test_a_script_without_a_main_guard_is_not_run_again(tmp_path):
    script = (
        "print('once')\n"
        "from extractors.desk import Limits\nfrom extractors.reading_room import ReadingRoom\n"
        "with ReadingRoom(eval, Limits(1024**3, 60), 2) as room:\n"
        "    print(dict(room.read([('1',), ('2',)])) == {0: 1, 1: 2})\n"
    )
    done = subprocess.run(
        [sys.executable, "-"], input=script, capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout == "once\nTrue\n"


def test_modules_lying_in_the_current_folder_are_not_imported(tmp_path, monkeypatch):
    for name in ("pickle", "resource", "extractors"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert read("1") == [1]
