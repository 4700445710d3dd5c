import pytest

from crossborder.apps.language import speak
from crossborder.apps.show import Html, paragraph
from crossborder.apps.upload import Upload
from crossborder.errors import InputFileError


@pytest.fixture
def taken():
    return []


@pytest.fixture
def upload(taken):
    def take(name, content):
        if content.startswith(b"bad"):
            raise InputFileError("bad.csv holds no table. Save it as CSV.")
        taken.append((name, content))
        return paragraph(name)

    return Upload(take, lambda: taken.append("back"))


def send(upload, pieces, number=1, size=None):
    for i, piece in enumerate(pieces):
        about = {"kind": "piece", "upload": number, "name": "a.csv", "size": size, "piece": i, "pieces": len(pieces)}
        upload._handle_custom_msg(about, [memoryview(piece)])


def test_pieces_become_the_file(upload, taken):
    send(upload, [b"ab", b"cd", b"e"])
    assert taken == [("a.csv", b"abcde")] and upload.name == "a.csv"


def test_every_piece_is_answered_and_the_end_is_told(upload, monkeypatch):
    told = []
    monkeypatch.setattr(upload, "send", lambda content, buffers=None: told.append(content))
    send(upload, [b"ab", b"cd"], number=7)
    assert told == [
        {"kind": "got", "upload": 7, "pieces": 1},
        {"kind": "got", "upload": 7, "pieces": 2},
        {"kind": "done", "upload": 7},
    ]
    upload._handle_custom_msg({"kind": "piece", "upload": 8, "name": "b", "size": 9, "piece": 1, "pieces": 3}, [b"x"])
    assert told[-1] == {"kind": "lost", "upload": 8, "name": "b"}


def test_a_second_choice_replaces_an_unfinished_one(upload, taken):
    upload._handle_custom_msg({"kind": "piece", "upload": 1, "name": "a", "size": 9, "piece": 0, "pieces": 3}, [b"xx"])
    send(upload, [b"yy"], number=2)
    assert taken == [("a.csv", b"yy")]


def test_a_lost_piece_makes_no_file(upload, taken):
    for piece in (0, 2):
        upload._handle_custom_msg(
            {"kind": "piece", "upload": 1, "name": "a", "size": 9, "piece": piece, "pieces": 3}, [b"xx"]
        )
    assert taken == []


def test_a_refused_file_is_said_and_the_one_before_stays(upload, taken):
    send(upload, [b"good"])
    send(upload, [b"bad"], number=2)
    assert "holds no table. Save it as CSV." in upload.said and upload.name == "a.csv" and taken == [("a.csv", b"good")]


def test_too_large_is_refused_by_size_with_a_remedy(upload, taken):
    upload.limit_mb = 1
    upload.receive("big.csv", b"x" * (1024 * 1024 + 1))
    assert "big.csv has 1.0 MB" in upload.said and "Send fewer rows" in upload.said and taken == []


def test_a_hostile_file_name_is_text(upload):
    send_name = "<img src=x onerror=alert(1)>.csv"
    upload.receive(send_name, b"good")
    assert "<img" not in upload.said


def test_back_to_the_example(upload, taken):
    send(upload, [b"good"])
    upload._handle_custom_msg({"kind": "back"}, [])
    assert taken[-1] == "back" and upload.name == ""


def test_speaks_chinese(upload):
    speak("zh")
    assert upload.words["choose"] == "用自己的文件" and isinstance(Html(""), str)
