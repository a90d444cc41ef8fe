import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { qrCode } from "./code";

const rows = (text: string, mask?: number) =>
  qrCode(text, mask).map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));

/** What the Python package `qrcode` 8.2 draws for the same text and mask, at level M. */
test.each([
  ["Lantern", 0, 1, "e65ad0fb214cf60d88f4d09d885c7f44f6754a7afefb7ce0849a71297eb311ef"],
  ["https://example.org/", 4, 2, "e19ecb6f95c9e2e12b07b07aa768be01b2eb38c5a514a9e643c6c7f865156212"],
  ["v".repeat(50), 1, 4, "7e1bd0d014c463460694a5a2497dd02af9ba9e76cde0d7edfb5d32f641a7477d"],
  ["w".repeat(70), 2, 5, "437455cbbf97f8c343727cfd77fb5472473e2dd4cc05d9641dfe99984909d27a"],
  [
    "otpauth://totp/Lantern:ada%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Lantern",
    3,
    6,
    "933a10e00e7c31b572ca559697ac2c5c7bbc7ec915a0d74980d978d25fa71d6c",
  ],
  ["x".repeat(160), 6, 9, "b4dab4f6ccb87f32755b710bddaf5cf26a355aa08a56bcc71a9f8b88aa1b3e3d"],
  [
    `${"ä".repeat(110)}${"y".repeat(30)}`,
    5,
    11,
    "b6b4fba7e6f84832b7a8b08d0b1dbbffd5c465b13d063fea5c1a8a087803f560",
  ],
  ["z".repeat(400), 7, 15, "eb22cabedc782edb7f334ba8406c03cc99858daa9e3e07c7133989f071cf1489"],
])("%.20s with mask %i is version %i, module for module as others draw it", (text, mask, version, digest) => {
  const code = rows(text, mask);
  expect(code).toHaveLength(version * 4 + 17);
  expect(createHash("sha256").update(code.join("\n")).digest("hex")).toBe(digest);
});

test("the mask that is taken is one of the eight, and not one that leaves a code all dark", () => {
  const chosen = rows("Lantern").join("\n");
  expect(Array.from({ length: 8 }, (_, mask) => rows("Lantern", mask).join("\n"))).toContain(chosen);
  const dark = chosen.replaceAll(/[^1]/g, "").length / 21 ** 2;
  expect(dark).toBeGreaterThan(0.35);
  expect(dark).toBeLessThan(0.65);
});

test("what is too long is refused", () => {
  expect(() => qrCode("a".repeat(413))).toThrow(RangeError);
});
