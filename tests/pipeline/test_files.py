"""Files that are whole or not there, and files that one process has at a time."""

import pytest

from pipeline.errors import OutputError
from pipeline.files import take, write_whole


def test_a_file_takes_the_place_of_the_earlier_one(tmp_path):
    write_whole(tmp_path / "a", b"one")
    write_whole(tmp_path / "a", b"two")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"two")]


def test_what_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError, match="a: cannot be written"):
        write_whole(tmp_path / "a", b"one")
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_a_file_is_taken_once_till_it_is_closed(tmp_path):
    (tmp_path / "lock").touch()
    with (tmp_path / "lock").open("r+b") as first, (tmp_path / "lock").open("r+b") as second:
        assert take(first.fileno())
        assert not take(second.fileno())
        first.close()
        assert take(second.fileno())
