"""Where our styles and typefaces stand."""

from pathlib import Path

STYLES = Path(__file__).parent / "styles"
FONTS = Path(__file__).parent / "fonts"
FACES = ("Pack-Regular.ttf", "Pack-SemiBold.ttf", "Pack-Italic.ttf", "Pack-SemiBoldItalic.ttf", "DejaVuSans.ttf")
