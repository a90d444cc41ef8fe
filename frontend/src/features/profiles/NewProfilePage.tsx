import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { viewerQuery } from "@/lib/graphql/queries";
import { useViewer } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { ChildStop } from "./ChildStop";
import { ProfileForm } from "./ProfileForm";
import { ProfilesFrame } from "./ProfilesFrame";
import { useMayManage } from "./useMayManage";
import { useCreateProfile } from "./useProfileChanges";

export function NewProfilePage() {
  const { t } = useLingui();
  usePageTitle(t`New profile`);
  const client = useQueryClient();
  const router = useRouter();
  const create = useCreateProfile();
  const viewer = useViewer();
  const { mayManage } = useMayManage();
  if (!viewer) return null;
  if (!mayManage) return <ChildStop />;
  const back = () => router.navigate({ to: "/profiles", search: {}, replace: true });
  return (
    <ProfilesFrame>
      <ProfileForm
        profile={null}
        taken={viewer.profiles.map(({ avatar }) => avatar)}
        heading={<Trans>New profile</Trans>}
        submit={<Trans>Make the profile</Trans>}
        faults={create.data?.faults ?? []}
        error={create.error}
        busy={create.isPending}
        onSubmit={(values) =>
          create.mutate(values, {
            onSuccess: async ({ id }) => {
              if (!id) return;
              await client.fetchQuery({ ...viewerQuery, staleTime: 0 });
              await back();
            },
          })
        }
        onCancel={() => void back()}
      />
    </ProfilesFrame>
  );
}
