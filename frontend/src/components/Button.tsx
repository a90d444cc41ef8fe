import { createLink, type LinkComponent } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, Ref } from "react";
import { Icon, type IconName } from "./Icon";
import { Spinner } from "./Spinner";

export type ButtonLook = "primary" | "quiet" | "bare";
export type ButtonSize = "small" | "medium" | "large";

interface Dress {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: IconName;
}

const looks: Record<ButtonLook, string> = {
  primary: "bg-amber-fill text-on-amber hover:bg-amber-hover",
  quiet: "bg-float/80 text-paper backdrop-blur-sm hover:bg-line",
  bare: "text-soft hover:bg-float hover:text-paper",
};

const sizes: Record<ButtonSize, string> = {
  small: "min-h-9 gap-1.5 px-3.5 text-fine",
  medium: "min-h-11 gap-2 px-5 text-body",
  large: "min-h-12 gap-2.5 px-5 text-lead sm:px-6",
};

export function buttonClass({ look = "quiet", size = "medium" }: Dress, className = ""): string {
  return `inline-flex items-center justify-center rounded-full font-[620] whitespace-nowrap select-none transition-[background-color,color,scale] duration-(--press) ease-(--ease) active:scale-[0.97] disabled:opacity-60 focus-visible:rounded-full ${looks[look]} ${sizes[size]} ${className}`;
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Dress {
  /** Something this button began is under way: it shows so and takes no second press. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look, size, icon, busy = false, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass({ ...(look && { look }), ...(size && { size }) }, className)}
      aria-busy={busy || undefined}
      disabled={rest.disabled || busy}
    >
      {busy ? <Spinner className="size-5" /> : icon && <Icon name={icon} className="size-5" />}
      {children}
    </button>
  );
}

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement>, Dress {
  ref?: Ref<HTMLAnchorElement>;
}

function ButtonAnchor({ look, size, icon, className, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={buttonClass({ ...(look && { look }), ...(size && { size }) }, className)}>
      {icon && <Icon name={icon} className="size-5" />}
      {children}
    </a>
  );
}

/** A link that looks like a button: the same looks, and the router's own typed `to`. */
export const ButtonLink: LinkComponent<typeof ButtonAnchor> = createLink(ButtonAnchor);

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  /** What it does, said to those who do not see the icon and shown on hover. */
  label: string;
  filled?: boolean;
  /** The class of its size. */
  box?: string;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  icon,
  label,
  filled,
  box = "size-11",
  className = "",
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`inline-grid ${box} place-items-center rounded-full transition-[background-color,scale] duration-(--press) ease-(--ease) hover:bg-float active:scale-95 focus-visible:rounded-full disabled:opacity-50 ${className}`}
    >
      <Icon name={icon} {...(filled !== undefined && { filled })} />
    </button>
  );
}
