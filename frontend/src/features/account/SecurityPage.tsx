import { Trans, useLingui } from "@lingui/react/macro";
import { usePageTitle } from "@/lib/title";
import { AppCard } from "./AppCard";
import { EmailCard } from "./EmailCard";
import { PasskeysCard } from "./PasskeysCard";
import { PasswordCard } from "./PasswordCard";
import { ProvidersCard } from "./ProvidersCard";
import { RecoveryCard } from "./RecoveryCard";
import { useProof } from "./useProof";

export function SecurityPage() {
  const { t } = useLingui();
  usePageTitle(t`Security`);
  const { prove, dialog } = useProof();
  return (
    <>
      <h1 className="text-title">
        <Trans>Security</Trans>
      </h1>
      <EmailCard prove={prove} />
      <PasswordCard />
      <AppCard prove={prove} />
      <PasskeysCard prove={prove} />
      <RecoveryCard prove={prove} />
      <ProvidersCard prove={prove} />
      {dialog}
    </>
  );
}
