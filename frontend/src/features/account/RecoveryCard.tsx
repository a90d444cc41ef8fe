import { Plural, Trans } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { faultOfForm } from "@/lib/faults";
import { useProfileKey } from "@/lib/session";
import { Card } from "./Card";
import { ask, useAuthenticators } from "./doors";
import { RecoveryDialog } from "./RecoveryDialog";
import type { Prove } from "./useProof";

/** For the day on which the phone is lost. There only where a second factor is. */
export function RecoveryCard({ prove }: { prove: Prove }) {
  const whose = useProfileKey();
  const client = useQueryClient();
  const authenticators = useAuthenticators();
  const [seen, setSeen] = useState(false);
  const codes = authenticators.data?.find(({ type }) => type === "recovery_codes");
  const make = useMutation({
    mutationFn: () => prove(() => ask("POST", "/account/authenticators/recovery-codes", {})),
    onSuccess: async (answer) => {
      if (!answer || answer.faults.length > 0) return;
      await client.invalidateQueries({ queryKey: [whose, "account", "authenticators"] });
      setSeen(true);
    },
  });
  if (!authenticators.data?.some(({ type }) => type !== "recovery_codes")) return null;
  return (
    <Card
      heading={<Trans>Recovery codes</Trans>}
      about={<Trans>They let you in when the phone is lost.</Trans>}
      action={
        <div className="flex flex-wrap gap-2">
          {codes && (
            <Button onClick={() => setSeen(true)}>
              <Trans>Show them</Trans>
            </Button>
          )}
          <Button busy={make.isPending} onClick={() => make.mutate()}>
            <Trans>Make new ones</Trans>
          </Button>
        </div>
      }
    >
      <p className="text-paper">
        {codes ? (
          <Plural value={codes.unused_code_count ?? 0} one="# code is left" other="# codes are left" />
        ) : (
          <Trans>You have none yet.</Trans>
        )}
      </p>
      <FormFault>{faultOfForm(make.data?.faults ?? [], [], make.error)}</FormFault>
      {seen && <RecoveryDialog prove={prove} onClose={() => setSeen(false)} />}
    </Card>
  );
}
