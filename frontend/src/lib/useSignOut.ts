import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { SignOutDocument } from "@/gql/documents";
import { execute } from "./graphql/client";
import { startAfresh } from "./session";

/** Ends the session and forgets everything it was shown. */
export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => execute(SignOutDocument, {}),
    onSuccess: async () => {
      await startAfresh(client);
      await navigate({ to: "/", replace: true });
    },
  });
}
