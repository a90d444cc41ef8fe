"""The house rule on length: past about 300 lines a module becomes a package; 400 is the end."""

import subprocess
import sys
from pathlib import Path

LONGEST = 400
SUFFIXES = frozenset({".py", ".ts", ".tsx", ".css", ".sh"})
#: Written by tools, read by nobody.
GENERATED = ("migrations", "generated", "gql", "__generated__")


def too_long(root: Path, names: list[str], longest: int = LONGEST) -> list[str]:
    """One sentence for each of `names` (relative to `root`) that has more than `longest` lines."""
    found: list[str] = []
    for name in names:
        path = root / name
        generated = any(part in GENERATED or ".gen." in part for part in path.parts)
        if path.suffix not in SUFFIXES or generated or not path.is_file():
            continue
        count = len(path.read_bytes().splitlines())
        if count > longest:
            found.append(
                f"{name} has {count} lines; {longest} is the limit. Make it a package, one file per use case."
            )
    return found


def main() -> int:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True)
    problems = too_long(Path.cwd(), [name for name in listed.stdout.split("\0") if name])
    for problem in problems:
        sys.stderr.write(problem + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
