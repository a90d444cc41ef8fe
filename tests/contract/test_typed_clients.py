"""Clients as users of the API make them: generated from the schema, compiled strictly, run against a server."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from tests.documents import CONTRACT, operations
from tests.people import PASSWORD, Person

FRONTEND = settings.BASE_DIR / "frontend"
PAGE = settings.BASE_DIR / "docs" / "api.md"
SCHEMA = settings.BASE_DIR / "vod" / "schema.graphql"
OPTIONS = {
    "target": "ES2023",
    "lib": ["ES2023", "DOM"],
    "module": "ESNext",
    "moduleResolution": "bundler",
    "types": ["node"],
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "verbatimModuleSyntax": True,
    "erasableSyntaxOnly": True,
    "allowImportingTsExtensions": True,
    "noEmit": True,
}
# What is asked stands in the generated client; types follow from it, and wrong ones are faults.
USE = """
import { BrowseDocument, SignInDocument, TypedDocumentString } from "./client.ts";
import type { TitleCardFragment, TypedDocumentString as Typed } from "./client.ts";

async function ask<Data, Variables>(document: Typed<Data, Variables>, variables: Variables): Promise<Data> {
  const body = JSON.stringify({ query: document.toString(), variables });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("http://localhost:8000/graphql/", { method: "POST", headers, body });
  return ((await answer.json()) as { data: Data }).data;
}
export function nameOf(card: TitleCardFragment): string {
  // @ts-expect-error A year may be null.
  const year: number = card.year;
  return `${card.name} ${year} ${card.myRating === "LOVE"}`;
}
export async function first(): Promise<string | undefined> {
  const { titles } = await ask(BrowseDocument, { filter: { kind: "MOVIE" }, first: 1, after: null });
  return titles.edges[0]?.node.artwork.posterUrl ?? undefined;
}
// @ts-expect-error There is no order of that name.
export const wrong = () => ask(BrowseDocument, { orderBy: "BY_TASTE" });
const { signIn } = await ask(SignInDocument, { input: { email: "you@example.org", password: "…" } });
console.log(signIn?.viewer?.email, signIn?.errors.length, SignInDocument instanceof TypedDocumentString);
"""


def example(language: str) -> str:
    """The page's program in that language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


def node() -> str:
    """Node, which stands beside Python where make put it."""
    found = shutil.which("node", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    assert found is not None
    return found


def run(*command: str | Path) -> str:
    """What a program prints that ends well."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def filled_in(program: str, server: LiveServer, owner: Person) -> str:
    """The program, with the address and the account of this test."""
    named = program.replace("http://localhost:8000", server.url).replace("you@example.org", owner.user.email)
    return named.replace('"…"', json.dumps(PASSWORD))


@pytest.mark.django_db(transaction=True)
def test_a_generated_client_compiles_and_talks_to_the_server(
    live_server: LiveServer, owner: Person, tmp_path: Path
) -> None:
    (tmp_path / "node_modules").symlink_to(FRONTEND / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "include": ["*.ts"]}))
    (tmp_path / "use.ts").write_text(filled_in(USE, live_server, owner), encoding="utf-8")
    (tmp_path / "page.ts").write_text(
        filled_in(example("typescript"), live_server, owner) + "export {};\n", encoding="utf-8"
    )
    generate = Path(__file__).with_name("typed_client.mjs")

    run(node(), generate, FRONTEND, SCHEMA, CONTRACT, tmp_path / "client.ts")
    run(node(), FRONTEND / "node_modules" / "typescript" / "bin" / "tsc", "-p", tmp_path)

    written = (tmp_path / "client.ts").read_text(encoding="utf-8")
    assert all(f"export const {name}Document" in written for name in operations())
    assert run(node(), tmp_path / "use.ts").split() == [owner.user.email, "0", "true"]
    assert run(node(), tmp_path / "page.ts") == "Olive\n"
    python = filled_in(example("python"), live_server, owner)
    assert run(sys.executable, "-c", python) == "Olive\n"


@pytest.mark.parametrize("language", ["python", "typescript", "swift", "kotlin"])
def test_ten_lines_are_enough_for_a_first_answer(language: str) -> None:
    program = example(language)

    assert 5 < len([line for line in program.splitlines() if line.strip()]) <= 10
    assert "http://localhost:8000/graphql/" in program


@pytest.mark.parametrize("language", ["swift", "kotlin"])
def test_programs_that_generate_their_types_name_an_operation_of_the_contract(language: str) -> None:
    (name,) = re.findall(r"(\w+)Query\(\)", example(language))

    assert name in operations()
    assert all(field in operations()[name] for field in ("viewer", "profiles", "name"))
