import { Trans } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { TextField } from "@/components/TextField";
import { type Fault, faultOf, faultOfForm } from "@/lib/faults";
import { viewerQuery } from "@/lib/graphql/queries";
import { useProfileKey, useViewer } from "@/lib/session";
import { Card } from "./Card";
import { ask, useAddresses } from "./doors";
import type { Prove } from "./useProof";

type Change = { how: "POST" | "PUT" | "DELETE"; email: string };

/** The address of the account; a new one takes its place once its own letter has been answered. */
export function EmailCard({ prove }: { prove: Prove }) {
  const whose = useProfileKey();
  const viewer = useViewer();
  const client = useQueryClient();
  const addresses = useAddresses();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: async ({ how, email }: Change): Promise<readonly Fault[] | null> =>
      (await prove(() => ask(how, "/account/email", { email })))?.faults ?? null,
    onSuccess: async (faults, { how }) => {
      if (faults === null || faults.length > 0) return;
      if (how === "POST") form.current?.reset();
      await client.invalidateQueries({ queryKey: [whose, "account", "addresses"] });
      await client.fetchQuery({ ...viewerQuery, staleTime: 0 });
    },
  });
  const faults = change.data ?? [];
  const waiting = addresses.data?.find(({ email, verified }) => !verified && email !== viewer?.email)?.email;
  const current = viewer?.email;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    change.mutate({ how: "POST", email: String(new FormData(event.currentTarget).get("email")).trim() });
  };
  return (
    <Card
      heading={<Trans>E-mail</Trans>}
      about={
        <Trans>You sign in with {current}. A new address counts once you follow the link sent to it.</Trans>
      }
    >
      {waiting && (
        <div className="grid gap-3 rounded-xl bg-float/60 p-4">
          <p className="wrap-anywhere text-paper">
            <Trans>{waiting} waits for its link to be followed.</Trans>
          </p>
          <div className="flex flex-wrap gap-2">
            <Button
              size="small"
              icon="mail"
              busy={change.isPending && change.variables.how === "PUT"}
              onClick={() => change.mutate({ how: "PUT", email: waiting })}
            >
              <Trans>Send it again</Trans>
            </Button>
            <Button size="small" onClick={() => change.mutate({ how: "DELETE", email: waiting })}>
              <Trans>Give it up</Trans>
            </Button>
          </div>
        </div>
      )}
      <form ref={form} className="grid max-w-md gap-4" onSubmit={onSubmit}>
        <FormFault>{faultOfForm(faults, ["email"], change.error ?? addresses.error)}</FormFault>
        <TextField
          name="email"
          type="email"
          label={<Trans>New address</Trans>}
          autoComplete="email"
          required
          fault={faultOf(faults, "email")}
        />
        <Button
          type="submit"
          className="justify-self-start"
          busy={change.isPending && change.variables.how === "POST"}
        >
          <Trans>Change the address</Trans>
        </Button>
      </form>
    </Card>
  );
}
