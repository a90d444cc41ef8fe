import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { type CaptionStyle, usualCaptions } from "@/lib/captions";
import { household } from "@/testing/people";
import { show } from "@/testing/render";
import { serve } from "@/testing/server";
import { EpisodesPanel } from "./EpisodesPanel";
import { LooksPanel } from "./LooksPanel";
import { StillWatching } from "./StillWatching";

const episode = (number: number, season: number, progress: object | null = null) => ({
  node: {
    id: `e${season}${number}`,
    number,
    name: `Part ${number} of ${season}`,
    synopsis: "",
    stillUrl: null,
    video: {
      id: `v${season}${number}`,
      durationSeconds: 600,
      isPlayable: number < 3,
      readiness: null,
      progress,
    },
  },
});
const series = {
  id: "t",
  artwork: { backdropUrl: null },
  seasons: [
    {
      id: "s1",
      number: 1,
      name: "",
      episodes: { edges: [episode(1, 1, { positionSeconds: 599, completed: true })] },
    },
    {
      id: "s2",
      number: 2,
      name: "",
      episodes: {
        edges: [episode(1, 2), episode(2, 2, { positionSeconds: 300, completed: false }), episode(3, 2)],
      },
    },
  ],
};

test("the panel opens at the season that is on, says how far one is, and goes to another episode", async () => {
  serve({ WatchEpisodes: () => ({ title: series }) });
  const onChoose = vi.fn();
  await show(<EpisodesPanel slug="x" videoId="v21" onChoose={onChoose} onClose={() => undefined} />, {
    viewer: household,
  });

  const on = await screen.findByRole("button", { name: /Part 1 of 2/ });
  expect(on.getAttribute("aria-current")).toBe("true");
  expect(screen.getByRole("button", { name: /Part 2 of 2.*5 min left/s }).hasAttribute("disabled")).toBe(
    false,
  );
  expect(screen.getByRole("button", { name: /Part 3 of 2/ }).hasAttribute("disabled")).toBe(true);

  await userEvent.click(screen.getByRole("button", { name: /Part 2 of 2/ }));
  expect(onChoose).toHaveBeenCalledWith("v22");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Season" }), "0");
  expect(screen.getByRole("button", { name: /Part 1 of 1.*Watched/s }).hasAttribute("disabled")).toBe(false);
});

test("episodes that could not be fetched are asked for again by a press", async () => {
  let there = false;
  serve({ WatchEpisodes: () => (there ? { title: series } : new Error("no")) });
  await show(<EpisodesPanel slug="x" videoId="v11" onChoose={vi.fn()} onClose={vi.fn()} />, {
    viewer: household,
  });
  const again = await screen.findByRole("button", { name: "Try again" });
  there = true;

  await userEvent.click(again);

  await screen.findByRole("button", { name: /Part 1 of 1/ });
});

test("each choice of looks is told at once, and all of them can be undone", async () => {
  const told = vi.fn();
  function Held() {
    const [looks, setLooks] = useState<CaptionStyle>(usualCaptions);
    return (
      <LooksPanel
        looks={looks}
        onChange={(next) => {
          told(next);
          setLooks(next);
        }}
        onClose={() => undefined}
      />
    );
  }
  await show(<Held />);
  const answer = (question: string, name: string) =>
    userEvent.click(within(screen.getByRole("group", { name: question })).getByRole("radio", { name }));

  await answer("Size", "Large");
  await answer("Colour", "Yellow");
  await answer("Edge", "Outline");
  await answer("Background", "Solid");
  expect(told).toHaveBeenLastCalledWith({
    ...usualCaptions,
    sizePercent: 150,
    color: "#ffff00",
    edge: "OUTLINE",
    backgroundOpacityPercent: 100,
  });

  await userEvent.click(screen.getByRole("button", { name: "As usual" }));
  expect(told).toHaveBeenLastCalledWith(usualCaptions);
});

test("whoever is asked whether they are there has one press to go on", async () => {
  const onNext = vi.fn();
  await show(<StillWatching next={null} onNext={onNext} onStay={vi.fn()} onBack={vi.fn()} />);

  screen.getByRole("dialog", { name: "Are you still watching?" });
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Go on watching" }));
  await userEvent.keyboard("{Enter}");

  expect(onNext).toHaveBeenCalledOnce();
});
