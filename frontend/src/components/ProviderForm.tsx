import type { ReactNode } from "react";
import { cookie } from "@/lib/graphql/client";

interface ProviderFormProps {
  /** The provider's id. */
  provider: string;
  process: "login" | "connect";
  /** Where its answer leads back to. */
  back: string;
  className?: string;
  children: ReactNode;
}

/** The way to another house's sign-in (OpenID Connect). A form, since the answer leads to another site. */
export function ProviderForm({ provider, process, back, className, children }: ProviderFormProps) {
  return (
    <form method="post" action="/_allauth/browser/v1/auth/provider/redirect" className={className}>
      <input type="hidden" name="csrfmiddlewaretoken" value={cookie("csrftoken") ?? ""} />
      <input type="hidden" name="provider" value={provider} />
      <input type="hidden" name="process" value={process} />
      <input type="hidden" name="callback_url" value={back} />
      {children}
    </form>
  );
}
