import { expect, test } from "vitest";
import { choosable, foreignLevels, trackOf } from "./soundGroups";

const stereo = { name: "English", lang: "en", groupId: "stereo", channels: "2" };
const comment = { name: "Commentary", lang: "en", groupId: "stereo", channels: "2" };
const surround = { name: "English", lang: "en", groupId: "surround", channels: "6" };
const commentAgain = { ...comment, groupId: "surround" };

test("each track can be chosen once, and in surround where it has it", () => {
  const all = choosable([stereo, comment, surround, commentAgain]);

  expect(all.map((track, index) => trackOf(track, index).label)).toEqual([
    "English",
    "Commentary",
    "English 5.1",
  ]);
});

test("a master with groups of other names keeps all its tracks", () => {
  const theirs = [
    { ...stereo, groupId: "audio" },
    { ...comment, groupId: "audio" },
  ];

  expect(choosable(theirs)).toEqual(theirs);
});

test("rungs with another group's sound are left out, the last one first", () => {
  const levels = [
    { audioGroups: ["stereo"] },
    { audioGroups: ["surround"] },
    { audioGroups: ["stereo"] },
    { audioGroups: ["surround"] },
  ];

  expect(foreignLevels(levels, "stereo")).toEqual([3, 1]);
  expect(foreignLevels(levels, "surround")).toEqual([2, 0]);
});

test("a film without groups of sound keeps all its rungs", () => {
  expect(foreignLevels([{}, { audioGroups: undefined }], "stereo")).toEqual([]);
});
