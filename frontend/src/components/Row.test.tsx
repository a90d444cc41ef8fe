import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { show } from "@/testing/render";
import { Row } from "./Row";
import { places } from "./rowPlaces";

function shelf(name: string, words: readonly string[]) {
  return (
    <Row name={name} heading={name} items={words} itemKey={(word) => word}>
      {(word, focus) => (
        <a href={`#${word}`} {...focus}>
          {word}
        </a>
      )}
    </Row>
  );
}

test("a row is one stop for Tab, and left and right move between its cards", async () => {
  places.clear();
  const keys = userEvent.setup();
  await show(shelf("New", ["Alien", "Brazil", "Charade"]));

  await keys.tab();
  expect(document.activeElement).toBe(screen.getByText("Alien"));
  await keys.keyboard("{ArrowRight}{ArrowRight}");
  expect(document.activeElement).toBe(screen.getByText("Charade"));
  await keys.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(screen.getByText("Charade"));
  await keys.keyboard("{ArrowLeft}");
  expect(document.activeElement).toBe(screen.getByText("Brazil"));
  await keys.keyboard("{Home}");
  expect(document.activeElement).toBe(screen.getByText("Alien"));
  await keys.keyboard("{End}");
  expect(document.activeElement).toBe(screen.getByText("Charade"));
});

test("up and down go to the next row and back", async () => {
  places.clear();
  const keys = userEvent.setup();
  await show(
    <>
      {shelf("New", ["Alien", "Brazil"])}
      {shelf("Old", ["Metropolis", "Nosferatu"])}
    </>,
  );

  await keys.tab();
  await keys.keyboard("{ArrowDown}");
  expect(screen.getByText("Metropolis").closest("section")?.contains(document.activeElement)).toBe(true);
  await keys.keyboard("{ArrowUp}");
  expect(screen.getByText("Alien").closest("section")?.contains(document.activeElement)).toBe(true);
});

test("a row remembers the card one left it at", async () => {
  places.clear();
  const keys = userEvent.setup();
  const first = await show(shelf("New", ["Alien", "Brazil", "Charade"]));
  await keys.tab();
  await keys.keyboard("{ArrowRight}");
  first.unmount();

  await show(shelf("New", ["Alien", "Brazil", "Charade"]));
  await keys.tab();
  expect(document.activeElement).toBe(screen.getByText("Brazil"));
});
