/** Whether this browser keeps passkeys, on a page where it may. */
export function passkeysWork(): boolean {
  return (
    window.isSecureContext &&
    typeof PublicKeyCredential === "function" &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function"
  );
}

/** What the server sends to begin: W3C Web Authentication, level 3, in JSON. */
export interface RequestOptions {
  request_options: { publicKey: PublicKeyCredentialRequestOptionsJSON };
}
export interface CreationOptions {
  creation_options: { publicKey: PublicKeyCredentialCreationOptionsJSON };
}

/** A person said no, or took too long: nothing to complain about. */
export class PasskeyDeclined extends Error {}

async function ask(begin: () => Promise<Credential | null>): Promise<unknown> {
  try {
    const credential = await begin();
    if (credential instanceof PublicKeyCredential) return credential.toJSON();
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    if (cause.name === "InvalidStateError") throw cause;
  }
  throw new PasskeyDeclined("No passkey was given.");
}

/** Asks the browser for a passkey that it has. The server's own form, as JSON. */
export function givePasskey({ request_options }: RequestOptions, signal?: AbortSignal): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(request_options.publicKey);
  return ask(() => navigator.credentials.get({ publicKey, ...(signal && { signal }) }));
}

/** Asks the browser to make one. Throws InvalidStateError where it has one of this account already. */
export function makePasskey({ creation_options }: CreationOptions): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(creation_options.publicKey);
  return ask(() => navigator.credentials.create({ publicKey }));
}
