import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { DevicePage } from "./DevicePage";

const television = {
  name: "Television in the kitchen",
  address: "192.0.2.9",
  scopes: ["READ", "WATCH"],
  createdAt: new Date().toISOString(),
  expiresAt: new Date().toISOString(),
};
const waits = () => ({ reviewDevice: { device: television, errors: [] } });
const decided = () => ({ decideDevice: { device: { name: television.name }, errors: [] } });
const label = "Enter the code your television shows";

test("a code is looked up, who asks is shown, and only a press lets it in", async () => {
  const asked = serve({ ReviewDevice: waits, DecideDevice: decided });
  await show(<DevicePage />, { at: "/device", viewer: household });
  const keys = userEvent.setup();

  await keys.type(screen.getByLabelText(label), "wdjb-mjht{Enter}");
  await screen.findByText(television.name);
  expect(screen.getByText(television.address)).toBeTruthy();
  expect(screen.getByText(household.email)).toBeTruthy();
  expect(asked.map(({ operation }) => operation)).toEqual(["ReviewDevice"]);
  await keys.click(screen.getByRole("button", { name: "Allow" }));

  await screen.findByRole("heading", { name: "Signed in" });
  expect(asked.map(({ variables }) => variables)).toEqual([
    { input: { userCode: "WDJB-MJHT" } },
    { input: { userCode: "WDJB-MJHT", allow: true } },
  ]);
});

test("a code in the address fills the field in and asks nothing", async () => {
  const asked = serve({});
  await show(<DevicePage />, { at: "/device?user_code=WDJB-MJHT", path: "/device", viewer: household });

  expect((screen.getByLabelText(label) as HTMLInputElement).value).toBe("WDJB-MJHT");
  expect(asked).toEqual([]);
});

test("no is an answer too, and the next device can follow", async () => {
  const asked = serve({ ReviewDevice: waits, DecideDevice: decided });
  await show(<DevicePage />, { at: "/device", viewer: household });
  const keys = userEvent.setup();

  await keys.type(screen.getByLabelText(label), "WDJBMJHT{Enter}");
  await keys.click(await screen.findByRole("button", { name: "Do not allow" }));
  await screen.findByRole("heading", { name: "Not allowed" });
  await keys.click(screen.getByRole("button", { name: "Another device" }));

  expect((screen.getByLabelText(label) as HTMLInputElement).value).toBe("");
  expect(asked[1]?.variables).toEqual({ input: { userCode: "WDJBMJHT", allow: false } });
});

test("a code that nobody waits with is said", async () => {
  const message = "No device waits with this code.";
  serve({
    ReviewDevice: () => ({
      reviewDevice: { device: null, errors: [{ field: "userCode", code: "NOT_FOUND", message }] },
    }),
  });
  await show(<DevicePage />, { at: "/device", viewer: household });

  await userEvent.setup().type(screen.getByLabelText(label), "AAAA{Enter}");

  await screen.findByText(message);
});
