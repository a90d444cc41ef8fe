import { WelcomePage } from "@/features/auth/WelcomePage";
import { HomePage } from "@/features/home/HomePage";
import { useViewer } from "@/lib/session";

/** The same address for everybody: what is on, or, for somebody we do not know yet, what this is. */
export function FrontDoor() {
  return useViewer() ? <HomePage /> : <WelcomePage />;
}
