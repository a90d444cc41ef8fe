import { Outlet } from "@tanstack/react-router";
import { Announcer } from "./Announcer";
import { useAudience } from "./useAudience";
import { useLanguage } from "./useLanguage";

export function Root() {
  useLanguage();
  useAudience();
  return (
    <>
      <Outlet />
      <Announcer />
    </>
  );
}
