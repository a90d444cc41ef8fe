import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { Icon, type IconName } from "@/components/Icon";
import { RevokeTokenDocument, TokensDocument } from "@/gql/documents";
import { faultOfForm } from "@/lib/faults";
import { day } from "@/lib/format";
import { execute } from "@/lib/graphql/client";
import { deviceName } from "@/lib/player/device";
import { useProfileKey } from "@/lib/session";
import { since } from "@/lib/since";
import { usePageTitle } from "@/lib/title";
import { useSignOut } from "@/lib/useSignOut";
import { Card } from "./Card";
import { ask, type BrowserSession, moment, useSessions } from "./doors";

/** Wherever somebody is signed in with this account, and a way to end it from here. */
export function DevicesPage() {
  const { t } = useLingui();
  usePageTitle(t`Devices`);
  return (
    <>
      <h1 className="text-title">
        <Trans>Devices</Trans>
      </h1>
      <Browsers />
      <Programs />
    </>
  );
}

function iconOf(agent: string): IconName {
  if (/SmartTV|SMART-TV|Tizen|Web0S|BRAVIA|AppleTV|CrKey/i.test(agent)) return "television";
  return /Mobile|iPhone|Android/.test(agent) ? "phone" : "laptop";
}

interface DeviceProps {
  icon: IconName;
  name: string;
  here: boolean;
  facts: ReactNode;
  children: ReactNode;
}

function Device({ icon, name, here, facts, children }: DeviceProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <Icon name={icon} className="size-8 text-faint" />
      <div className="min-w-0 grow basis-48">
        <p className="flex flex-wrap items-center gap-x-2 wrap-anywhere text-paper">
          {name}
          {here && (
            <span className="rounded-full bg-(--glow) px-2.5 text-fine font-[620] text-amber">
              <Trans>Here</Trans>
            </span>
          )}
        </p>
        <p className="text-fine wrap-anywhere text-faint">{facts}</p>
      </div>
      {children}
    </li>
  );
}

function Browsers() {
  const { t } = useLingui();
  const whose = useProfileKey();
  const client = useQueryClient();
  const sessions = useSessions();
  const signOut = useSignOut();
  const end = useMutation({
    mutationFn: (ids: readonly number[]) =>
      ask<BrowserSession[]>("DELETE", "/auth/sessions", { sessions: ids }),
    onSuccess: ({ data, faults }) => {
      if (faults.length === 0) client.setQueryData([whose, "account", "sessions"], data);
    },
  });
  const list = [...(sessions.data ?? [])].sort(
    (one, other) =>
      Number(other.is_current) - Number(one.is_current) ||
      (other.last_seen_at ?? other.created_at) - (one.last_seen_at ?? one.created_at),
  );
  const elsewhere = list.filter(({ is_current }) => !is_current);
  return (
    <Card
      heading={<Trans>Browsers</Trans>}
      about={<Trans>Signing one out stops what it plays, too.</Trans>}
      action={
        elsewhere.length > 1 && (
          <Button busy={end.isPending} onClick={() => end.mutate(elsewhere.map(({ id }) => id))}>
            <Trans>Sign out everywhere else</Trans>
          </Button>
        )
      }
    >
      <FormFault>{faultOfForm(end.data?.faults ?? [], [], end.error ?? sessions.error)}</FormFault>
      {sessions.isPending && (
        <div className="skeletons">
          <div className="skeleton h-16" />
        </div>
      )}
      <ul className="divide-y divide-line/60" aria-label={t`Browsers`}>
        {list.map((session) => {
          const name = deviceName(session.user_agent);
          const seen = since(moment(session.last_seen_at ?? session.created_at));
          return (
            <Device
              key={session.id}
              icon={iconOf(session.user_agent)}
              name={name}
              here={session.is_current}
              facts={
                <Trans>
                  Used {seen}, from {session.ip}
                </Trans>
              }
            >
              {session.is_current ? (
                <Button size="small" busy={signOut.isPending} onClick={() => signOut.mutate()}>
                  <Trans>Sign out</Trans>
                </Button>
              ) : (
                <Button
                  size="small"
                  aria-label={t`Sign out there: ${name}`}
                  busy={end.isPending && end.variables.includes(session.id)}
                  onClick={() => end.mutate([session.id])}
                >
                  <Trans>Sign out there</Trans>
                </Button>
              )}
            </Device>
          );
        })}
      </ul>
    </Card>
  );
}

/** Televisions, command lines, programs: whatever holds a token. */
function Programs() {
  const { t } = useLingui();
  const whose = useProfileKey();
  const client = useQueryClient();
  const key = [whose, "account", "tokens"];
  const tokens = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      execute(TokensDocument, {}, signal).then(
        ({ viewer }) => viewer?.tokens?.edges.flatMap((edge) => (edge?.node ? [edge.node] : [])) ?? [],
      ),
  });
  const revoke = useMutation({
    mutationFn: (tokenId: string) =>
      execute(RevokeTokenDocument, { input: { tokenId } }).then(
        ({ revokeToken }) => revokeToken?.errors ?? [],
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
  if (tokens.isSuccess && tokens.data.length === 0) return null;
  return (
    <Card
      heading={<Trans>Televisions and programs</Trans>}
      about={<Trans>They stay signed in until their day comes, or until you end it here.</Trans>}
    >
      <FormFault>{faultOfForm(revoke.data ?? [], [], revoke.error ?? tokens.error)}</FormFault>
      <ul className="divide-y divide-line/60" aria-label={t`Televisions and programs`}>
        {tokens.data?.map(({ id, name, createdAt, expiresAt, isCurrent }) => {
          const from = day(createdAt);
          const until = day(expiresAt);
          return (
            <Device
              key={id}
              icon="television"
              name={name}
              here={isCurrent}
              facts={
                <Trans>
                  Since {from}, until {until}
                </Trans>
              }
            >
              <Button
                size="small"
                aria-label={t`Sign out there: ${name}`}
                busy={revoke.isPending && revoke.variables === id}
                onClick={() => revoke.mutate(id)}
              >
                <Trans>Sign out there</Trans>
              </Button>
            </Device>
          );
        })}
      </ul>
    </Card>
  );
}
