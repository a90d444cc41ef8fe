import { useQuery } from "@tanstack/react-query";
import { call } from "./client";

export interface Provider {
  id: string;
  name: string;
}

interface Config {
  socialaccount?: { providers?: Provider[] };
}

/** The other houses whose accounts are good here; none where the installation names none. */
export function useProviders(): readonly Provider[] {
  const config = useQuery({
    queryKey: ["nobody", "config"],
    queryFn: () => call<Config>("GET", "/config").then(({ data }) => data),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return config.data?.socialaccount?.providers ?? [];
}
