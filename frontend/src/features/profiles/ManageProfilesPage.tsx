import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ButtonLink } from "@/components/Button";
import { useViewer } from "@/lib/session";
import { usePageTitle } from "@/lib/title";
import { ChildStop } from "./ChildStop";
import { FaceList } from "./FaceList";
import { EmptyFace, faceButton, LargeFace, useFaceWords } from "./ProfileFace";
import { ProfilesFrame } from "./ProfilesFrame";
import { useMayManage } from "./useMayManage";

export function ManageProfilesPage() {
  const { t } = useLingui();
  usePageTitle(t`Manage profiles`);
  const viewer = useViewer();
  const { mayManage, mayAdd } = useMayManage();
  const words = useFaceWords();
  if (!viewer) return null;
  if (!mayManage) return <ChildStop />;
  const most = viewer.plan?.maxProfiles;
  return (
    <ProfilesFrame>
      <div className="grid gap-2 text-center">
        <h1 className="text-title">
          <Trans>Manage profiles</Trans>
        </h1>
        {!mayAdd && most !== undefined && (
          <p>
            <Plural
              value={most}
              one="Your plan has room for # profile."
              other="Your plan has room for # profiles."
            />
          </p>
        )}
      </div>
      <FaceList>
        {viewer.profiles.map((profile) => {
          const who = words(profile);
          return (
            <li key={profile.id}>
              <Link
                to="/profiles/$profileId"
                params={{ profileId: profile.id }}
                aria-label={t`Change ${who}`}
                className={faceButton}
              >
                <LargeFace profile={profile} changing />
              </Link>
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
      <ButtonLink to="/profiles" search={{}} look="primary">
        <Trans>Done</Trans>
      </ButtonLink>
    </ProfilesFrame>
  );
}
