import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FormFault } from "@/components/FormFault";
import { Spinner } from "@/components/Spinner";
import { faultOfForm } from "@/lib/faults";
import { useProfileKey } from "@/lib/session";
import { siteName } from "@/lib/site";
import { ask } from "./doors";
import { saveText } from "./saveText";
import type { Prove } from "./useProof";

interface Codes {
  unused_codes?: string[];
}

/** The codes that are left, to be kept somewhere that is not the phone. Never longer in memory than on the page. */
export function RecoveryDialog({ prove, onClose }: { prove: Prove; onClose: () => void }) {
  const { t } = useLingui();
  const whose = useProfileKey();
  const [copied, setCopied] = useState(false);
  const codes = useQuery({
    queryKey: [whose, "account", "recovery"],
    queryFn: async () => {
      const answer = await prove(() =>
        ask<Codes | undefined>("GET", "/account/authenticators/recovery-codes"),
      );
      return answer?.data?.unused_codes ?? [];
    },
    gcTime: 0,
    // The server may show them once: asking again would take them off the page.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const list = codes.data ?? [];
  const text = `${list.join("\n")}\n`;
  return (
    <Dialog heading={<Trans>Recovery codes</Trans>} onClose={onClose}>
      <div className="mt-3 grid gap-5">
        <p>
          <Trans>
            Keep these where you find them without your phone. Each of them signs you in once, in place of a
            code of the app.
          </Trans>
        </p>
        <FormFault>{faultOfForm([], [], codes.error)}</FormFault>
        {codes.isFetching ? (
          <Spinner className="mx-auto size-8 text-amber" />
        ) : list.length > 0 ? (
          <ul
            className="tabular grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-xl bg-ink p-4 font-[620] text-paper"
            dir="ltr"
          >
            {list.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        ) : (
          <p className="text-paper">
            <Trans>They are shown once, when they are made. Make new ones to see them.</Trans>
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          {list.length > 0 && (
            <>
              <Button icon="download" onClick={() => saveText(`${siteName}-recovery-codes.txt`, text)}>
                <Trans>Save</Trans>
              </Button>
              <Button
                icon={copied ? "check" : "list"}
                onClick={() => {
                  navigator.clipboard?.writeText(text).then(
                    () => setCopied(true),
                    () => undefined,
                  );
                }}
              >
                {copied ? t`Copied` : t`Copy`}
              </Button>
            </>
          )}
          <Button look="primary" onClick={onClose} data-first>
            <Trans>Done</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
