import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { ProviderForm } from "@/components/ProviderForm";
import { useProviders } from "@/lib/allauth/providers";
import { faultOfForm } from "@/lib/faults";
import { useProfileKey } from "@/lib/session";
import { Card } from "./Card";
import { ask, type Connection, useConnections } from "./doors";
import type { Prove } from "./useProof";

/** Accounts of other houses that sign in to this one. There only where the installation knows another house. */
export function ProvidersCard({ prove }: { prove: Prove }) {
  const { t } = useLingui();
  const whose = useProfileKey();
  const client = useQueryClient();
  const providers = useProviders();
  const connections = useConnections(providers.length > 0);
  const part = useMutation({
    mutationFn: ({ provider, uid }: Connection) =>
      prove(() => ask("DELETE", "/account/providers", { provider: provider.id, account: uid })),
    onSuccess: () => client.invalidateQueries({ queryKey: [whose, "account", "providers"] }),
  });
  if (providers.length === 0) return null;
  const connected = connections.data ?? [];
  return (
    <Card
      heading={<Trans>Other accounts</Trans>}
      about={<Trans>With one of these you sign in without the password of this account.</Trans>}
    >
      <FormFault>{faultOfForm(part.data?.faults ?? [], [], part.error ?? connections.error)}</FormFault>
      <ul className="grid gap-3">
        {connected.map((connection) => {
          const { name } = connection.provider;
          return (
            <li key={connection.uid} className="flex flex-wrap items-center justify-between gap-3">
              <span className="min-w-0 wrap-anywhere text-paper">
                {name} · {connection.display}
              </span>
              <Button
                size="small"
                aria-label={t`Part from ${name}`}
                busy={part.isPending}
                onClick={() => part.mutate(connection)}
              >
                <Trans>Part</Trans>
              </Button>
            </li>
          );
        })}
        {providers
          .filter(({ id }) => !connected.some(({ provider }) => provider.id === id))
          .map(({ id, name }) => (
            <li key={id}>
              <ProviderForm provider={id} process="connect" back="/account/security">
                <Button type="submit" icon="external">
                  <Trans>Connect {name}</Trans>
                </Button>
              </ProviderForm>
            </li>
          ))}
      </ul>
    </Card>
  );
}
