"""Puts the folders at the top of the checkout into the wheel; everything else stands in pyproject.toml.

`contracts/` and `policies/` are read by people and by other programs, so they stay at the top of the checkout. A wheel
has no such top: it carries copies in `sgd_resources/shipped` (`sgd_resources/installation.py` finds the right ones).
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = ("contracts", "policies")


class BuildWithShippedFolders(build_py):
    """`build_py` that also copies the folders; an editable install reads those of the checkout."""

    def run(self) -> None:
        """Build."""
        super().run()
        if not self.editable_mode:
            for name in SHIPPED:
                target = Path(self.build_lib) / "sgd_resources" / "shipped" / name
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(name, target, ignore=shutil.ignore_patterns("examples"))


setup(cmdclass={"build_py": BuildWithShippedFolders})
