import { i18n } from "@lingui/core";
import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { messages } from "../locales/en.po";

i18n.loadAndActivate({ locale: "en", messages });

// What jsdom has no window for.
window.scrollTo = () => undefined;
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

beforeEach(() => {
  document.title = "";
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
