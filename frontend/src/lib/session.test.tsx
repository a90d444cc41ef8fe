import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ada, household, mio } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { viewerQuery } from "./graphql/queries";
import { forgetWhoIsHere, startAfresh, useViewer } from "./session";

function Who() {
  return <p>{useViewer()?.activeProfile?.name ?? "nobody"}</p>;
}

const asMio = { ...household, activeProfile: { id: mio.id, name: mio.name, avatar: "bear", isKids: true } };

test("another profile: what is on the page follows, and no answer of the one before is left", async () => {
  serve({ Viewer: () => ({ viewer: asMio }) });
  const { client } = await show(<Who />, { viewer: household });
  client.setQueryData([ada.id, "home"], "Ada's");
  client.setQueryData([ada.id, "account", "sessions"], "Ada's");
  expect(screen.getByText("Ada")).toBeTruthy();

  await act(() => startAfresh(client));

  await screen.findByText("Mio");
  expect(
    client
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey),
  ).toEqual([viewerQuery.queryKey]);
  expect(client.getMutationCache().getAll()).toEqual([]);
});

test("an answer that comes for the one before, after the change, is forgotten too", async () => {
  const { client } = await show(<Who />, { viewer: household });
  serve({
    Viewer: () => {
      // As a page does that is still there.
      client.setQueryData([ada.id, "home"], "asked as Ada, answered to Mio");
      return { viewer: asMio };
    },
  });

  await act(() => startAfresh(client));

  expect(client.getQueryData([ada.id, "home"])).toBeUndefined();
});

test("signed out elsewhere: nobody is here, at once", async () => {
  serve({});
  const { client } = await show(<Who />, { viewer: household });
  client.setQueryData([ada.id, "home"], "Ada's");

  act(() => forgetWhoIsHere(client, true));

  await screen.findByText("nobody");
  expect(client.getQueryData([ada.id, "home"])).toBeUndefined();
});

test("where it cannot be known who is here, nothing is left of who was", async () => {
  serve({});
  const { client } = await show(<p />, { viewer: household });
  client.setQueryData([ada.id, "home"], "Ada's");

  await expect(startAfresh(client)).rejects.toThrow();

  expect(client.getQueryCache().getAll()).toEqual([]);
});
