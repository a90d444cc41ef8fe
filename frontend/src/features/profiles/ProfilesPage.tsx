import { Trans, useLingui } from "@lingui/react/macro";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { Button } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { Icon } from "@/components/Icon";
import { Wordmark } from "@/components/Wordmark";
import { faultOfForm } from "@/lib/faults";
import type { Profile } from "@/lib/graphql/queries";
import { useViewer } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { useSignOut } from "@/lib/useSignOut";
import { NewProfile } from "./NewProfile";
import { PinPad } from "./PinPad";
import { ProfileFace } from "./ProfileFace";
import { useActivate } from "./useActivate";

/** Who is watching? */
export function ProfilesPage() {
  const { t } = useLingui();
  usePageTitle(t`Who is watching?`);
  const { next } = useSearch({ from: "/profiles" });
  const viewer = useViewer();
  const router = useRouter();
  const activate = useActivate(() => router.navigate({ href: next ?? "/", replace: true }));
  const signOut = useSignOut();
  const [asked, setAsked] = useState<Profile | null>(null);
  const [making, setMaking] = useState(false);
  const list = useRef<HTMLUListElement>(null);

  const profiles = viewer?.profiles ?? [];
  const first = profiles.length === 0;
  // From a child's profile one may go to another, but not make one.
  const mayMake = !profiles.find(({ id }) => id === viewer?.activeProfile?.id)?.isKids;

  const choose = (profile: Profile) => {
    if (profile.hasPin) setAsked(profile);
    else activate.mutate({ profileId: profile.id });
  };

  return (
    <div className="flex min-h-dvh flex-col">
      <header className="gutters flex h-20 items-center justify-between">
        <Wordmark />
        <Button look="bare" size="small" onClick={() => signOut.mutate()} busy={signOut.isPending}>
          <Trans>Sign out</Trans>
        </Button>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="gutters grid grow content-center justify-items-center gap-10 pb-28"
      >
        {first || making ? (
          <NewProfile
            first={first}
            onDone={(profile) =>
              activate.mutate({ profileId: profile.id, ...(profile.pin && { pin: profile.pin }) })
            }
            {...(!first && { onCancel: () => setMaking(false) })}
          />
        ) : (
          <>
            <h1 className="text-center text-title">
              <Trans>Who is watching?</Trans>
            </h1>
            <FormFault>{asked ? null : faultOfForm(activate.data ?? [], [], activate.error)}</FormFault>
            <ul
              ref={list}
              className="flex flex-wrap justify-center gap-x-6 gap-y-8 sm:gap-x-10"
              onKeyDown={(event) => {
                const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                if (!step) return;
                const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
                const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
                buttons[at + step]?.focus();
              }}
            >
              {profiles.map((profile) => (
                <li key={profile.id}>
                  <ProfileFace
                    profile={profile}
                    busy={activate.isPending && activate.variables.profileId === profile.id}
                    onChoose={() => choose(profile)}
                  />
                </li>
              ))}
              {mayMake && (
                <li>
                  <button
                    type="button"
                    onClick={() => setMaking(true)}
                    className="group grid justify-items-center gap-4 rounded-2xl p-2 text-lead text-soft hover:text-paper focus-visible:rounded-2xl"
                  >
                    <span className="face grid place-items-center rounded-[22%] border-2 border-dashed border-line text-faint transition-colors duration-(--press) group-hover:border-amber group-hover:text-amber">
                      <Icon name="plus" className="size-10" />
                    </span>
                    <Trans>New profile</Trans>
                  </button>
                </li>
              )}
            </ul>
          </>
        )}
      </main>
      {asked && (
        <PinPad
          profile={asked}
          fault={faultOfForm(activate.data ?? [], [], activate.error)}
          busy={activate.isPending}
          onPin={(pin) => activate.mutate({ profileId: asked.id, pin })}
          onClose={() => {
            setAsked(null);
            activate.reset();
          }}
        />
      )}
    </div>
  );
}
