import { useViewer } from "@/lib/session";

/** From a child's profile one may go to another, but neither make nor change one. */
export function useMayManage(): { mayManage: boolean; mayAdd: boolean } {
  const viewer = useViewer();
  const mayManage = viewer !== null && !viewer.activeProfile?.isKids;
  const most = viewer?.plan?.maxProfiles ?? Number.POSITIVE_INFINITY;
  return { mayManage, mayAdd: mayManage && viewer.profiles.length < most };
}
