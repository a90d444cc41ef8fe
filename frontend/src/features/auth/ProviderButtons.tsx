import { Trans } from "@lingui/react/macro";
import { Button } from "@/components/Button";
import { ProviderForm } from "@/components/ProviderForm";
import { useProviders } from "@/lib/allauth/providers";

/** Sign-in by the account of another house, where there is one. */
export function ProviderButtons({ next }: { next: string | undefined }) {
  const back = new URLSearchParams({ from: "provider", ...(next && { next }) });
  return useProviders().map(({ id, name }) => (
    <ProviderForm key={id} provider={id} process="login" back={`/login?${back}`} className="mt-3">
      <Button type="submit" size="large" icon="external" className="w-full">
        <Trans>Sign in with {name}</Trans>
      </Button>
    </ProviderForm>
  ));
}
