"""Small PDF files, written by hand: what tests of reading PDF need and nothing more."""

from __future__ import annotations

from collections.abc import Sequence

# Advance widths of Helvetica, in thousandths of its size, of the characters that differ from a digit's 556.
_NARROW = {" ": 278, ",": 278, ".": 278, "(": 333, ")": 333, ":": 278}


def width(text: str, size: float = 10) -> float:
    """Return about how wide *text* is in Helvetica; exact for figures."""
    return sum(_NARROW.get(character, 556) for character in text) * size / 1000


def right(x: float, y: float, text: str) -> tuple[float, float, str]:
    """Place *text* so that it ends at *x*."""
    return x - width(text), y, text


def pdf(*pages: Sequence[tuple[float, float, str]], matrix: str = "1 0 0 1", extra: str = "") -> bytes:
    """Return a PDF with one page for each list of (x, y, text), in 10 point Helvetica.

    *matrix* turns the text; *extra* goes into the trailer.
    """
    count = len(pages)
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{4 + 2 * number} 0 R' for number in range(count))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        content = "\n".join(f"BT /F 10 Tf {matrix} {x:.2f} {y:.2f} Tm ({_escaped(text)}) Tj ET" for x, y, text in page)
        bodies += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>",
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream",
        ]
    return _file(bodies, extra)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(bodies: Sequence[str], extra: str) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R {extra} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
