"""A page as a picture, drawn by ``python render.py PDF PAGE WIDTH`` in a process of its own.

The script imports nothing of ours, so that it begins at once and has nothing to lose.
"""

import resource
import sys

import pypdfium2

TALLEST = 4
"""Times its width that a page may be high."""


def main() -> None:
    path, page, width, memory, seconds = sys.argv[1], *(int(word) for word in sys.argv[2:6])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    document = pypdfium2.PdfDocument(path)
    sheet = document[page - 1]
    across, down = sheet.get_size()
    if across < 1 or down > TALLEST * across:
        sys.exit(3)
    picture = sheet.render(scale=width / across).to_pil()
    picture.save(sys.stdout.buffer, "PNG", optimize=False)


if __name__ == "__main__":
    main()
