import { Trans, useLingui } from "@lingui/react/macro";
import { Avatar } from "@/components/Avatar";
import { Icon } from "@/components/Icon";
import { Spinner } from "@/components/Spinner";
import type { Profile } from "@/lib/graphql/queries";

interface ProfileFaceProps {
  profile: Profile;
  busy: boolean;
  onChoose: () => void;
}

/** A large face to press. A child's is round, with a ribbon that says so; a locked one carries a lock. */
export function ProfileFace({ profile, busy, onChoose }: ProfileFaceProps) {
  const { t } = useLingui();
  const words = [profile.name, profile.isKids ? t`kids` : "", profile.hasPin ? t`asks for a PIN` : ""];
  return (
    <button
      type="button"
      aria-label={words.filter(Boolean).join(", ")}
      onClick={onChoose}
      disabled={busy}
      className="group grid justify-items-center gap-4 rounded-2xl p-2 text-soft hover:text-paper focus-visible:rounded-2xl"
    >
      <span
        className={`face relative block transition-[scale,box-shadow] duration-(--open) ease-(--ease) group-hover:scale-[1.04] group-hover:shadow-[0_8px_44px_var(--glow)] group-focus-visible:scale-[1.04] ${
          profile.isKids ? "kids-ring rounded-full" : "rounded-[22%]"
        }`}
      >
        <Avatar avatar={profile.avatar} className={`size-full ${profile.isKids ? "rounded-full" : ""}`} />
        {profile.isKids && (
          <span className="absolute inset-x-0 -bottom-2.5 mx-auto w-fit rounded-full bg-amber-fill px-3 py-0.5 text-fine font-[620] text-on-amber">
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
      <span className="max-w-[9.5rem] truncate text-lead">{profile.name}</span>
    </button>
  );
}
