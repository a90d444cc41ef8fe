import { i18n } from "@lingui/core";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { messages } from "../locales/en.po";

i18n.loadAndActivate({ locale: "en", messages });
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

beforeEach(() => {
  document.title = "";
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
