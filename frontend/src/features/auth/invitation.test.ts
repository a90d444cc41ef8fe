import { expect, test } from "vitest";
import { invitationIn } from "./invitation";

test("the invitation stands behind the hash, and nowhere else", () => {
  expect(invitationIn("#invitation=ltn_invite_a-b_c")).toBe("ltn_invite_a-b_c");
  expect(invitationIn("#other=1&invitation=x")).toBe("x");
  expect(invitationIn("")).toBeNull();
  expect(invitationIn("#invitation=")).toBeNull();
  expect(invitationIn("#invited")).toBeNull();
});
