import { siteName } from "@/lib/site";

/** The lantern and its beam, and the installation's name in the light of it. */
export function Wordmark({ className = "h-7" }: { className?: string }) {
  return (
    <span className={`inline-flex items-center gap-2.5 ${className}`}>
      <svg viewBox="0 0 46 34" aria-hidden="true" className="h-full w-auto shrink-0 overflow-visible">
        <defs>
          <linearGradient id="beam" x1="0" x2="1">
            <stop offset="0" stopColor="var(--amber-fill)" stopOpacity="0.95" />
            <stop offset="1" stopColor="var(--amber-fill)" stopOpacity="0.12" />
          </linearGradient>
        </defs>
        <path d="M25.5 16.2 45 5.5v25L25.5 21.4z" fill="url(#beam)" />
        <path
          d="M4.5 11.8h17a3 3 0 0 1 3 3v9.2a3 3 0 0 1-3 3h-17a3 3 0 0 1-3-3v-9.2a3 3 0 0 1 3-3zM7.6 11.8V7.6L6.2 4.2h10.6l-1.4 3.4v4.2zM5 27v3.2M21 27v3.2"
          fill="none"
          stroke="var(--paper)"
          strokeWidth="1.9"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        <circle cx="13" cy="19.4" r="3.9" fill="none" stroke="var(--paper)" strokeWidth="1.9" />
        <circle cx="13" cy="19.4" r="1.5" fill="var(--amber-fill)" />
      </svg>
      <span className="text-[1.35em] leading-none font-[640] tracking-[-0.035em] text-paper">{siteName}</span>
    </span>
  );
}
