import pytest

from pipeline.read import read
from pipeline.settings import Limits


@pytest.fixture
def read_file(tmp_path):
    """Put bytes into a file of a name and read it."""

    def reading(name, content, limits=None):
        (tmp_path / name).write_bytes(content)
        return list(read([str(tmp_path / name)], limits or Limits()))

    return reading
