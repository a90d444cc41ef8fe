import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { show } from "@/testing/render";
import { Choices, Menu } from "./Menu";

test("Escape closes the menu wherever the focus is, and nobody else hears it", async () => {
  const heard = vi.fn();
  document.addEventListener("keydown", heard);
  const choices = [{ value: 1, label: "Normal" }];
  await show(
    <Menu icon="gear" label="Speed" onOpen={() => undefined}>
      <Choices heading="Speed" chosen={1} choices={choices} onChoose={() => undefined} />
    </Menu>,
  );
  const keys = userEvent.setup();
  const button = screen.getByRole("button", { name: "Speed" });

  await keys.click(button);
  expect(screen.getByRole("menu")).toBeTruthy();
  (document.activeElement as HTMLElement).blur();
  await keys.keyboard("{Escape}");

  expect(screen.queryByRole("menu")).toBeNull();
  expect(document.activeElement).toBe(button);
  expect(heard).not.toHaveBeenCalled();
  document.removeEventListener("keydown", heard);
});
