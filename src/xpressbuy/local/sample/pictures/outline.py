"""Path arithmetic: mirrored halves, lens-shaped folds, bounds.

Knows nothing of colours or products.
"""
# ruff: noqa: E501 - an outline reads better on one line than broken at odd points.

import re
from math import hypot

CENTRE = 600.0
_TOKEN = re.compile(r"[MLCQZ]|-?\d+(?:\.\d+)?")
_ARITY = {"M": 1, "L": 1, "Q": 2, "C": 3}

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Segment = tuple[str, list[Point]]


def segments(path: str) -> list[Segment]:
    """The commands of a path made of absolute M, L, C, Q and Z."""
    tokens = _TOKEN.findall(path)
    found: list[Segment] = []
    command, index = "M", 0
    while index < len(tokens):
        if tokens[index].isalpha():
            command = tokens[index]
            index += 1
        if command == "Z":
            found.append(("Z", []))
            continue
        points = []
        for _ in range(_ARITY[command]):
            points.append((float(tokens[index]), float(tokens[index + 1])))
            index += 2
        found.append((command, points))
        command = "L" if command == "M" else command
    return found


def text_of(parts: list[Segment]) -> str:
    """A path's text again, to a tenth of a unit."""
    return " ".join(command + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) for command, points in parts)


def bounds(path: str) -> Box:
    """Left, top, right, bottom of all points, control points included (so never too small)."""
    points = [point for _, group in segments(path) for point in group]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def reversed_open(path: str) -> list[Segment]:
    """The same open line walked from its end to its start, as drawing commands after its new start."""
    parts = segments(path)
    ends = [points[-1] for _, points in parts]
    walked: list[Segment] = []
    for index in range(len(parts) - 1, 0, -1):
        command, points = parts[index]
        walked.append((command, [*reversed(points[:-1]), ends[index - 1]]))
    return walked


def flipped(path: str, centre: float = CENTRE) -> str:
    """The path as in a mirror standing at x = centre."""
    return text_of([(command, [(2 * centre - x, y) for x, y in points]) for command, points in segments(path)])


def mirrored(half: str, centre: float = CENTRE) -> str:
    """A closed symmetric outline from its left half, which runs from the top of the axis to its bottom."""
    return text_of([*segments(half), *reversed_open(flipped(half, centre))]) + " Z"


def moved(path: str, dx: float, dy: float) -> str:
    """The path shifted."""
    return text_of([(command, [(x + dx, y + dy) for x, y in points]) for command, points in segments(path)])


def lens(start: Point, end: Point, bend: float, width: float) -> str:
    """A fold: a curve from start to end, bent sideways, thick in the middle and vanishing at both ends."""
    (x0, y0), (x1, y1) = start, end
    length = hypot(x1 - x0, y1 - y0) or 1.0
    nx, ny = -(y1 - y0) / length, (x1 - x0) / length
    mx, my = (x0 + x1) / 2, (y0 + y1) / 2
    near, far = bend - width, bend + width
    return (
        f"M{x0:.1f},{y0:.1f} Q{mx + nx * near:.1f},{my + ny * near:.1f} {x1:.1f},{y1:.1f} "
        f"Q{mx + nx * far:.1f},{my + ny * far:.1f} {x0:.1f},{y0:.1f} Z"
    )


def ellipse(cx: float, cy: float, rx: float, ry: float) -> str:
    """A closed ellipse of four curves, so that it can be clipped, mirrored and measured like any outline."""
    kx, ky = rx * 0.5523, ry * 0.5523
    return (
        f"M{cx - rx:.1f},{cy:.1f} C{cx - rx:.1f},{cy - ky:.1f} {cx - kx:.1f},{cy - ry:.1f} {cx:.1f},{cy - ry:.1f} "
        f"C{cx + kx:.1f},{cy - ry:.1f} {cx + rx:.1f},{cy - ky:.1f} {cx + rx:.1f},{cy:.1f} "
        f"C{cx + rx:.1f},{cy + ky:.1f} {cx + kx:.1f},{cy + ry:.1f} {cx:.1f},{cy + ry:.1f} "
        f"C{cx - kx:.1f},{cy + ry:.1f} {cx - rx:.1f},{cy + ky:.1f} {cx - rx:.1f},{cy:.1f} Z"
    )


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A closed rectangle with round corners."""
    r = min(radius, width / 2, height / 2)
    right, bottom = x + width, y + height
    k = r * 0.4477
    return (
        f"M{x + r:.1f},{y:.1f} L{right - r:.1f},{y:.1f} C{right - k:.1f},{y:.1f} {right:.1f},{y + k:.1f} {right:.1f},{y + r:.1f} "
        f"L{right:.1f},{bottom - r:.1f} C{right:.1f},{bottom - k:.1f} {right - k:.1f},{bottom:.1f} {right - r:.1f},{bottom:.1f} "
        f"L{x + r:.1f},{bottom:.1f} C{x + k:.1f},{bottom:.1f} {x:.1f},{bottom - k:.1f} {x:.1f},{bottom - r:.1f} "
        f"L{x:.1f},{y + r:.1f} C{x:.1f},{y + k:.1f} {x + k:.1f},{y:.1f} {x + r:.1f},{y:.1f} Z"
    )
