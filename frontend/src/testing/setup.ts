import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { activateLanguage } from "../lib/i18n";

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

// What jsdom has no window for.
window.scrollTo = () => undefined;
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};
// jsdom knows of popovers only that they are hidden until they are opened.
HTMLElement.prototype.showPopover = function showPopover() {
  this.style.display = "block";
};

beforeEach(async () => {
  await activateLanguage(["en"]);
  document.title = "";
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
