"""`python -m infra` writes the templates; `python -m infra --check` only says whether they are up to date."""

import sys

from infra.app import FOLDER, rendered, stale, synthesize


def main() -> int:
    """0 if all is well, 1 with a sentence for each stale template."""
    templates = synthesize()
    if "--check" in sys.argv[1:]:
        problems = stale(templates)
        sys.stderr.write("".join(f"{problem}\n" for problem in problems))
        return 1 if problems else 0
    FOLDER.mkdir(exist_ok=True)
    for name, template in templates.items():
        (FOLDER / f"{name}.json").write_text(rendered(template), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
