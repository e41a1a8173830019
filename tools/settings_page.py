"""Writes `docs/settings.md` from the settings themselves."""

from pathlib import Path

from pydantic import SecretStr

from xpressbuy.settings import Settings

TARGET = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
HEAD = """# Settings

Read once at start from the environment; the only reader is `src/xpressbuy/settings.py`. AWS's own names are taken as
every AWS tool has them.

| variable | if not set | meaning |
|---|---|---|
"""


def main() -> None:
    rows = []
    for name, field in Settings.model_fields.items():
        variable = f"XPRESSBUY_{name.upper()}" if field.validation_alias is None else name.upper()
        default = (
            "" if field.default in ("", None, ()) or isinstance(field.default, SecretStr) else f"`{field.default}`"
        )
        rows.append(f"| `{variable}` | {default} | {field.description} |\n")
    TARGET.write_text(HEAD + "".join(rows))


if __name__ == "__main__":
    main()
