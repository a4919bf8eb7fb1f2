import os
import subprocess
import sys
from pathlib import Path

from industry_brain.config import cli


def test_the_command_starts_by_itself_and_lists_what_it_can(tmp_path: Path) -> None:
    code = f"from {cli.__name__} import main; main()"
    environment = {**os.environ, "BRAIN_VAR": str(tmp_path), "BRAIN_LANGUAGE": "en"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    ended = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, env=environment, check=False
    )

    assert (ended.returncode, "check" in ended.stdout, ended.stderr) == (0, True, "")
