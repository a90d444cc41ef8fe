import { Trans, useLingui } from "@lingui/react/macro";
import { useParams, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { FormFault } from "@/components/FormFault";
import { NotFound } from "@/components/NotFound";
import { faultOfForm } from "@/lib/faults";
import type { Profile } from "@/lib/graphql/queries";
import { useViewer } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { ChildStop } from "./ChildStop";
import { ProfileForm } from "./ProfileForm";
import { ProfilesFrame } from "./ProfilesFrame";
import { useMayManage } from "./useMayManage";
import { useDeleteProfile, useUpdateProfile } from "./useProfileChanges";

export function EditProfilePage() {
  const { profileId } = useParams({ from: "/profiles/$profileId" });
  const viewer = useViewer();
  const { mayManage } = useMayManage();
  const profile = viewer?.profiles.find(({ id }) => id === profileId);
  // While it is asked anew who is here.
  if (!viewer) return null;
  if (!mayManage) return <ChildStop />;
  if (!profile)
    return (
      <ProfilesFrame>
        <NotFound />
      </ProfilesFrame>
    );
  return <EditProfile key={profile.id} profile={profile} isOnly={viewer.profiles.length === 1} />;
}

function EditProfile({ profile, isOnly }: { profile: Profile; isOnly: boolean }) {
  const { t } = useLingui();
  usePageTitle(profile.name);
  const router = useRouter();
  const back = () => router.navigate({ to: "/profiles/manage", replace: true });
  const update = useUpdateProfile(back);
  const [deleting, setDeleting] = useState(false);
  const name = profile.name;

  return (
    <ProfilesFrame>
      <ProfileForm
        profile={profile}
        heading={<Trans>Change {name}</Trans>}
        submit={<Trans>Save</Trans>}
        faults={update.data ?? []}
        error={update.error}
        busy={update.isPending}
        onSubmit={(values) => update.mutate({ profileId: profile.id, ...values })}
        onCancel={() => void back()}
      >
        {!isOnly && (
          <div className="border-t border-line/60 pt-5">
            <Button look="bare" icon="trash" className="text-red!" onClick={() => setDeleting(true)}>
              <Trans>Delete this profile</Trans>
            </Button>
          </div>
        )}
      </ProfileForm>
      {deleting && <DeleteDialog profile={profile} onDone={back} onClose={() => setDeleting(false)} />}
      <span className="sr-only" aria-live="polite">
        {update.isPending ? t`Saving` : ""}
      </span>
    </ProfilesFrame>
  );
}

interface DeleteDialogProps {
  profile: Profile;
  onDone: () => Promise<void>;
  onClose: () => void;
}

function DeleteDialog({ profile, onDone, onClose }: DeleteDialogProps) {
  const remove = useDeleteProfile(onDone);
  const name = profile.name;
  return (
    <Dialog heading={<Trans>Delete {name}?</Trans>} onClose={onClose}>
      <div className="mt-3 grid gap-5">
        <p>
          <Trans>Its list, its history and its place in every film go with it, for good.</Trans>
        </p>
        <FormFault>{faultOfForm(remove.data ?? [], [], remove.error)}</FormFault>
        <div className="flex flex-wrap gap-3">
          <Button
            look="primary"
            icon="trash"
            busy={remove.isPending}
            onClick={() => remove.mutate(profile.id)}
          >
            <Trans>Delete</Trans>
          </Button>
          <Button onClick={onClose} data-first>
            <Trans>Keep</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
