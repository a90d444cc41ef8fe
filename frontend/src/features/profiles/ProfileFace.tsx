import { Trans, useLingui } from "@lingui/react/macro";
import { Avatar } from "@/components/Avatar";
import { Icon } from "@/components/Icon";
import { Spinner } from "@/components/Spinner";
import type { Profile } from "@/lib/graphql/queries";

export const faceButton =
  "group grid justify-items-center gap-4 rounded-2xl p-2 text-lead text-soft hover:text-paper focus-visible:rounded-2xl";

/** What is read of a face by those who do not see it. */
export function useFaceWords(): (profile: Profile) => string {
  const { t } = useLingui();
  return (profile) =>
    [profile.name, profile.isKids ? t`kids` : "", profile.hasPin ? t`asks for a PIN` : ""]
      .filter(Boolean)
      .join(", ");
}

interface LargeFaceProps {
  profile: Profile;
  busy?: boolean;
  /** It is here to be changed, not to be watched as. */
  changing?: boolean;
}

/** A large face. A child's is round, with a ribbon that says so; a locked one carries a lock. */
export function LargeFace({ profile, busy = false, changing = false }: LargeFaceProps) {
  return (
    <>
      <span
        className={`face relative block transition-[scale,box-shadow] duration-(--open) ease-(--ease) group-hover:scale-[1.04] group-hover:shadow-[0_8px_44px_var(--glow)] group-focus-visible:scale-[1.04] ${
          profile.isKids ? "kids-ring rounded-full" : "rounded-[22%]"
        }`}
      >
        <Avatar
          avatar={profile.avatar}
          className={`size-full ${profile.isKids ? "rounded-full" : ""} ${changing ? "opacity-50" : ""}`}
        />
        {changing && (
          <span className="absolute inset-0 grid place-items-center text-paper">
            <Icon name="pencil" className="size-10" />
          </span>
        )}
        {profile.isKids && (
          <span className="absolute inset-x-0 -bottom-2.5 mx-auto w-fit max-w-full truncate rounded-full bg-amber-fill px-3 py-0.5 text-fine font-[620] text-on-amber">
            <Trans>Kids</Trans>
          </span>
        )}
        {profile.hasPin && (
          <span className="absolute -end-1.5 -top-1.5 grid size-8 place-items-center rounded-full border border-line bg-raised text-paper">
            <Icon name="lock" className="size-4" />
          </span>
        )}
        {busy && (
          <span className="absolute inset-0 grid place-items-center rounded-[inherit] bg-veil">
            <Spinner className="size-10 text-amber" />
          </span>
        )}
      </span>
      <span className="max-w-[9.5rem] truncate" title={profile.name}>
        {profile.name}
      </span>
    </>
  );
}

/** The place of one who is not there yet. */
export function EmptyFace() {
  return (
    <>
      <span className="face grid place-items-center rounded-[22%] border-2 border-dashed border-control text-faint transition-colors duration-(--press) group-hover:border-amber group-hover:text-amber">
        <Icon name="plus" className="size-10" />
      </span>
      <Trans>New profile</Trans>
    </>
  );
}
