import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { Icon } from "@/components/Icon";
import { TextField } from "@/components/TextField";
import { DecideDeviceDocument, ReviewDeviceDocument, type ReviewDeviceMutation } from "@/gql/documents";
import { type Fault, faultOfForm } from "@/lib/faults";
import { execute } from "@/lib/graphql/client";
import { useViewer } from "@/lib/session";
import { since } from "@/lib/since";
import { usePageTitle } from "@/lib/title";
import { AuthFrame, Notice } from "./AuthFrame";

type Waiting = NonNullable<NonNullable<ReviewDeviceMutation["reviewDevice"]>["device"]>;

/** Where a television sends its owner: the code on its screen, who asks, and whether that is wanted (RFC 8628). */
export function DevicePage() {
  const { t } = useLingui();
  usePageTitle(t`Sign in a device`);
  // A code in the address only fills the field in: a link somebody sends decides nothing.
  const { user_code: given } = useSearch({ from: "/device" });
  const [code, setCode] = useState(given ?? "");
  const review = useMutation({
    mutationFn: async (userCode: string): Promise<{ device: Waiting | null; faults: readonly Fault[] }> => {
      const { reviewDevice } = await execute(ReviewDeviceDocument, { input: { userCode } });
      return { device: reviewDevice?.device ?? null, faults: reviewDevice?.errors ?? [] };
    },
  });
  const decide = useMutation({
    mutationFn: (allow: boolean) =>
      execute(DecideDeviceDocument, { input: { userCode: code, allow } }).then(
        ({ decideDevice }): readonly Fault[] => decideDevice?.errors ?? [],
      ),
  });
  const again = () => {
    setCode("");
    review.reset();
    decide.reset();
  };
  const device = review.data?.device;

  if (device && decide.data?.length === 0)
    return <Decided device={device} allowed={decide.variables === true} onAgain={again} />;

  if (device)
    return (
      <AuthFrame heading={<Trans>Is this yours?</Trans>}>
        <div className="grid gap-5">
          <FormFault>{faultOfForm(decide.data ?? [], [], decide.error)}</FormFault>
          <DeviceFacts device={device} />
          <p>
            <Trans>Allow it only if it is yours and shows this code at this moment.</Trans>
          </p>
          <div className="grid gap-3 sm:grid-cols-2">
            <Button look="primary" size="large" busy={decide.isPending} onClick={() => decide.mutate(true)}>
              <Trans>Allow</Trans>
            </Button>
            <Button size="large" disabled={decide.isPending} onClick={() => decide.mutate(false)}>
              <Trans>Do not allow</Trans>
            </Button>
          </div>
        </div>
      </AuthFrame>
    );

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    review.mutate(code);
  };
  return (
    <AuthFrame heading={<Trans>Sign in a device</Trans>}>
      <form className="grid gap-5" onSubmit={onSubmit}>
        <FormFault>
          {review.isPending ? null : faultOfForm(review.data?.faults ?? [], [], review.error)}
        </FormFault>
        <TextField
          name="code"
          label={<Trans>Enter the code your television shows</Trans>}
          hint={<Trans>Eight letters. Dashes and capitals do not matter.</Trans>}
          value={code}
          onChange={(event) => setCode(event.target.value.toUpperCase())}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          dir="ltr"
          required
        />
        <Button type="submit" look="primary" size="large" busy={review.isPending} className="w-full">
          <Trans>Go on</Trans>
        </Button>
      </form>
    </AuthFrame>
  );
}

function DeviceFacts({ device }: { device: Waiting }) {
  const viewer = useViewer();
  const asked = since(device.createdAt);
  const scopes = device.scopes;
  return (
    <div className="grid gap-3 rounded-xl bg-float/60 p-4">
      <p className="flex items-center gap-3 text-lead wrap-anywhere text-paper">
        <Icon name="television" className="size-7 text-amber" />
        {device.name}
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-fine">
        <Fact name={<Trans>Asked</Trans>}>{asked}</Fact>
        <Fact name={<Trans>From</Trans>}>{device.address}</Fact>
        <Fact name={<Trans>Signs in as</Trans>}>{viewer?.email}</Fact>
        <Fact name={<Trans>May</Trans>}>
          {scopes?.includes("OPERATE") ? (
            <Trans>Watch, and run the library</Trans>
          ) : scopes && !scopes.includes("WATCH") ? (
            <Trans>Look around, not watch</Trans>
          ) : scopes ? (
            <Trans>Watch</Trans>
          ) : (
            <Trans>All that you may</Trans>
          )}
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="wrap-anywhere text-soft">{children}</dd>
    </>
  );
}

interface DecidedProps {
  device: Waiting;
  allowed: boolean;
  onAgain: () => void;
}

function Decided({ device, allowed, onAgain }: DecidedProps) {
  const { name } = device;
  return (
    <AuthFrame heading={allowed ? <Trans>Signed in</Trans> : <Trans>Not allowed</Trans>}>
      <Notice icon={allowed ? "check" : "info"}>
        <p>
          {allowed ? (
            <Trans>{name} goes on by itself. You can end it at any time, under Devices.</Trans>
          ) : (
            <Trans>{name} was told that it may not.</Trans>
          )}
        </p>
        <div className="flex flex-wrap gap-3">
          <ButtonLink to="/" look="primary">
            <Trans>Home</Trans>
          </ButtonLink>
          <Button onClick={onAgain}>
            <Trans>Another device</Trans>
          </Button>
        </div>
      </Notice>
    </AuthFrame>
  );
}
