"""Precision and recall of the line model by threshold, as a picture for the README."""

from __future__ import annotations

from collections.abc import Mapping

WIDTH, HEIGHT, EDGE = 560, 360, 56
"""Size of the picture, and of the margin that holds the labels, in pixels."""

LEAST = 0.7
"""Precision and recall at the foot of the axes."""

STEPS = 6
"""Parts of an axis."""

_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
    'font-family="sans-serif" font-size="12" fill="#333">'
    f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
)


def _x(recall: float) -> float:
    return EDGE + (recall - LEAST) / (1 - LEAST) * (WIDTH - 2 * EDGE)


def _y(precision: float) -> float:
    return HEIGHT - EDGE - (precision - LEAST) / (1 - LEAST) * (HEIGHT - 2 * EDGE)


def _grid() -> list[str]:
    marks = [LEAST + (1 - LEAST) * step / STEPS for step in range(STEPS + 1)]
    left, right, low, high = _x(LEAST), _x(1), _y(LEAST), _y(1)
    return [
        *(f'<path d="M{_x(at):.0f} {low:.0f}V{high:.0f}" stroke="#ddd"/>' for at in marks),
        *(f'<path d="M{left:.0f} {_y(at):.0f}H{right:.0f}" stroke="#ddd"/>' for at in marks),
        *(
            f'<text x="{_x(at):.0f}" y="{low + 18:.0f}" text-anchor="middle">{at:.2f}</text>'
            for at in marks
        ),
        *(
            f'<text x="{left - 8:.0f}" y="{_y(at) + 4:.0f}" text-anchor="end">{at:.2f}</text>'
            for at in marks
        ),
        f'<text x="{(left + right) / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">recall</text>',
        f'<text x="{left:.0f}" y="{high - 14:.0f}" text-anchor="middle">precision</text>',
    ]


def picture(curves: Mapping[str, Mapping[float, tuple[float, float]]]) -> str:
    """Draw curves, each a name and for each threshold a precision and a recall, as SVG.

    >>> "0.40" in picture({"all": {0.4: (0.9, 0.95)}})
    True
    """
    parts = [_HEAD, *_grid()]
    colours = ("#0b6", "#06b", "#b60")
    for colour, (name, points) in zip(colours, curves.items(), strict=False):
        places = [(at, _x(recall), _y(precision)) for at, (precision, recall) in points.items()]
        line = " ".join(f"{x:.1f},{y:.1f}" for _, x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for at, x, y in places:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
            parts.append(f'<text x="{x + 6:.1f}" y="{y - 5:.1f}" font-size="9">{at:.2f}</text>')
        _, x, y = places[-1]
        parts.append(f'<text x="{x:.1f}" y="{y - 18:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
