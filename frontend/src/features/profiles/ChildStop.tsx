import { Trans } from "@lingui/react/macro";
import { ButtonLink } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { ProfilesFrame } from "./ProfilesFrame";

/** What stands where a child's profile has no business. */
export function ChildStop() {
  return (
    <ProfilesFrame>
      <div className="grid max-w-lg justify-items-center gap-4 text-center">
        <Icon name="lock" className="size-10 text-amber" />
        <h1 className="text-title">
          <Trans>Profiles are for grown-ups to change</Trans>
        </h1>
        <p>
          <Trans>Switch to a profile that is not a child's first.</Trans>
        </p>
        <ButtonLink to="/profiles" search={{}} look="primary" className="mt-2">
          <Trans>Switch profile</Trans>
        </ButtonLink>
      </div>
    </ProfilesFrame>
  );
}
