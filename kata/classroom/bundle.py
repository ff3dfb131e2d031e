"""The zip that Gradescope runs: the program with its hidden tests, and the two scripts that it calls."""

from __future__ import annotations

import io
import zipfile

from kata.classroom.template import hidden_tests, placed, program_files
from kata.project.catalog import Catalog
from kata.project.workspace import Workspace

__all__ = ["bundle"]

DATE = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def bundle(catalog: Catalog, workspace: Workspace, chapters: str = "") -> bytes:
    """The zip, the same bytes each time.

    Args:
        catalog: the exercises.
        workspace: of the clone.
        chapters: which are graded, as ``--chapters`` takes them; all when empty.

    Raises:
        NotExported: something of the clone is not there.
    """
    root = workspace.root
    files = program_files(root) | hidden_tests(catalog, root)
    files |= {f"exercises/{exercise.id}.py": workspace.pristine(exercise).encode() for exercise in catalog.exercises}
    files["setup.sh"] = placed("gradescope_setup.sh")
    files["run_autograder"] = placed("gradescope_run.sh", CHAPTERS=chapters)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, DATE)
            info.create_system = UNIX
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o755 if files[name].startswith(b"#!") else 0o644) << 16
            archive.writestr(info, files[name])
    return data.getvalue()
