"""Fetch the packages that the lexicon is read from, each through its own client.

``python -m lab.fetch_packages FOLDER`` runs ``npm pack``, ``pip download`` and ``apt-get
download``; what lies in the folder already is left alone, and nothing is installed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from lab.lexicon_sources import Package, read_packages


def command(package: Package) -> list[str]:
    """Say how a package is fetched into the working folder.

    >>> command(Package("klaro", "0.7.22", "npm", "BSD-3-Clause", ""))
    ['npm', 'pack', '--silent', 'klaro@0.7.22']
    """
    if package.client == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    if package.client == "apt":
        return ["apt-get", "download", f"{package.name}={package.version}"]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    return [*pip, f"{package.name}=={package.version}"]


def main() -> None:
    """Fetch what is missing from the folder named on the command line."""
    if len(sys.argv) != 2:
        raise SystemExit("give the folder that the packages shall lie in")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for package in read_packages():
        if not (folder / package.archive).is_file():
            print(package.archive)
            subprocess.run(command(package), cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
