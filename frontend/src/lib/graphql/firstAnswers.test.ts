import { afterEach, expect, test, vi } from "vitest";
import { ContinueDocument, SignOutDocument, TitlePageDocument, ViewerDocument } from "@/gql/documents";
import { serve } from "@/testing/server";
import { execute } from "./client";
import { readFirstAnswers } from "./firstAnswers";

const nothing = () => ({ viewer: null });
const noTitle = () => ({ title: null });
const signedOut = () => ({ signOut: { errors: [] } });

function carry(...answers: { operation: string; variables: object; data: unknown }[]) {
  const block = document.createElement("script");
  block.type = "application/json";
  block.id = "first-answers";
  block.textContent = JSON.stringify(answers);
  document.body.replaceChildren(block);
  readFirstAnswers();
}

afterEach(() => {
  document.body.replaceChildren();
  readFirstAnswers();
  vi.useRealTimers();
});

test("what the page carries is not asked for, and only once", async () => {
  const asked = serve({ Viewer: nothing });
  carry({ operation: "Viewer", variables: {}, data: { viewer: { id: "carried" } } });

  expect(await execute(ViewerDocument, {})).toEqual({ viewer: { id: "carried" } });
  expect(asked).toEqual([]);
  expect(await execute(ViewerDocument, {})).toEqual({ viewer: null });
  expect(asked).toHaveLength(1);
});

test("other variables are another question", async () => {
  const asked = serve({ TitlePage: noTitle });
  carry({ operation: "TitlePage", variables: { slug: "one" }, data: { title: { slug: "one" } } });

  expect(await execute(TitlePageDocument, { slug: "two" })).toEqual({ title: null });
  expect(asked.map(({ variables }) => variables)).toEqual([{ slug: "two" }]);
});

test("whatever changes something makes all of them old", async () => {
  const asked = serve({ SignOut: signedOut, Continue: nothing });
  carry({ operation: "Continue", variables: {}, data: { viewer: { activeProfile: {} } } });

  await execute(SignOutDocument, {});
  expect(await execute(ContinueDocument, {})).toEqual({ viewer: null });
  expect(asked.map(({ operation }) => operation)).toEqual(["SignOut", "Continue"]);
});

test("a page that has been open for long carries nothing", async () => {
  const asked = serve({ Viewer: nothing });
  carry({ operation: "Viewer", variables: {}, data: { viewer: { id: "carried" } } });
  vi.spyOn(performance, "now").mockReturnValue(60_000);

  expect(await execute(ViewerDocument, {})).toEqual({ viewer: null });
  expect(asked).toHaveLength(1);
});

test("a block that cannot be read costs a question, not the page", async () => {
  serve({ Viewer: nothing });
  const complain = vi.spyOn(console, "error").mockImplementation(() => undefined);
  carry();
  (document.getElementById("first-answers") as HTMLElement).textContent = "{";
  readFirstAnswers();

  expect(await execute(ViewerDocument, {})).toEqual({ viewer: null });
  expect(complain).toHaveBeenCalled();
});
