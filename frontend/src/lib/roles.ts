import { t } from "@lingui/core/macro";

/** A role of the schema as a programme prints it; one that we have no word for is printed as it came. */
export function roleName(role: string): string {
  switch (role.toUpperCase()) {
    case "DIRECTOR":
      return t`Director`;
    case "WRITER":
      return t`Writer`;
    case "ACTOR":
    case "CAST":
      return t`Cast`;
    case "PRODUCER":
      return t`Producer`;
    case "COMPOSER":
      return t`Music`;
    case "CINEMATOGRAPHER":
      return t`Camera`;
    case "EDITOR":
      return t`Editing`;
    case "CREATOR":
      return t`Creator`;
    default:
      return role.charAt(0).toUpperCase() + role.slice(1).toLowerCase().replaceAll("_", " ");
  }
}
