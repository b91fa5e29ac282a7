"""Cuts the faces that packs are set in out of the variable fonts: ``scripts/cut-fonts.py FOLDER``, which holds those.

WeasyPrint would cut them for each document and each section of one again, which is half the cost of a short section.
The licence reserves the name of the fonts for the fonts as they came, so what is cut has a name of its own.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TO = Path(__file__).parent.parent / "reports" / "fonts"
FACES = (
    ("SourceSans3-wght.ttf", 400, "Regular"),
    ("SourceSans3-wght.ttf", 600, "SemiBold"),
    ("SourceSans3-Italic-wght.ttf", 400, "Italic"),
    ("SourceSans3-Italic-wght.ttf", 600, "SemiBoldItalic"),
)
NAMES = {1: "Pack", 2: "{}", 3: "Pack {}", 4: "Pack {}", 6: "Pack-{}", 16: "Pack", 17: "{}"}
"""Of the name table: family, face, identifier, full name, PostScript name, and the first two once more."""
KEPT = {0, 13, 14}
"""Copyright and licence."""


def main(folder: Path) -> None:
    for file, weight, face in FACES:
        font = instantiateVariableFont(TTFont(folder / file, recalcTimestamp=False), {"wght": weight}, inplace=True)
        font["OS/2"].usWeightClass = weight
        names = font["name"]
        names.names = [one for one in names.names if one.nameID in KEPT]
        for number, words in NAMES.items():
            names.setName(words.format(face), number, 3, 1, 0x409)
        if "STAT" in font:
            del font["STAT"]
        font.save(TO / f"Pack-{face}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
