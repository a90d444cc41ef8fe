import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { ButtonLink } from "@/components/Button";
import { FormFault } from "@/components/FormFault";
import { faultOfForm } from "@/lib/faults";
import type { Profile } from "@/lib/graphql/queries";
import { useViewer } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { FaceList } from "./FaceList";
import { PinPad } from "./PinPad";
import { EmptyFace, faceButton, LargeFace, useFaceWords } from "./ProfileFace";
import { ProfileForm } from "./ProfileForm";
import { ProfilesFrame } from "./ProfilesFrame";
import { useActivate } from "./useActivate";
import { useMayManage } from "./useMayManage";
import { useCreateProfile } from "./useProfileChanges";

/** Who is watching? */
export function ProfilesPage() {
  const { t } = useLingui();
  usePageTitle(t`Who is watching?`);
  const { next } = useSearch({ from: "/profiles" });
  const viewer = useViewer();
  const router = useRouter();
  const activate = useActivate(() => router.navigate({ href: next ?? "/", replace: true }));
  const create = useCreateProfile();
  const [asked, setAsked] = useState<Profile | null>(null);
  const { mayManage, mayAdd } = useMayManage();
  const words = useFaceWords();

  const profiles = viewer?.profiles ?? [];
  const choose = (profile: Profile) => {
    if (profile.hasPin) setAsked(profile);
    else activate.mutate({ profileId: profile.id });
  };

  if (profiles.length === 0)
    return (
      <ProfilesFrame>
        <ProfileForm
          short
          profile={null}
          heading={<Trans>Who are you?</Trans>}
          submit={<Trans>Start watching</Trans>}
          faults={create.data?.faults ?? activate.data ?? []}
          error={create.error ?? activate.error}
          busy={create.isPending || activate.isPending}
          onSubmit={(values) =>
            create.mutate(values, {
              onSuccess: ({ id }) => {
                if (id) activate.mutate({ profileId: id });
              },
            })
          }
        />
      </ProfilesFrame>
    );

  return (
    <ProfilesFrame>
      <h1 className="text-center text-title">
        <Trans>Who is watching?</Trans>
      </h1>
      <FormFault>{asked ? null : faultOfForm(activate.data ?? [], [], activate.error)}</FormFault>
      <FaceList>
        {profiles.map((profile) => {
          const busy = activate.isPending && activate.variables.profileId === profile.id;
          return (
            <li key={profile.id}>
              <button
                type="button"
                aria-label={words(profile)}
                onClick={() => choose(profile)}
                disabled={busy}
                className={faceButton}
              >
                <LargeFace profile={profile} busy={busy} />
              </button>
            </li>
          );
        })}
        {mayAdd && (
          <li>
            <Link to="/profiles/new" className={faceButton}>
              <EmptyFace />
            </Link>
          </li>
        )}
      </FaceList>
      {mayManage && (
        <ButtonLink to="/profiles/manage" icon="pencil">
          <Trans>Manage profiles</Trans>
        </ButtonLink>
      )}
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
    </ProfilesFrame>
  );
}
