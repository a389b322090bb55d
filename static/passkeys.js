// Passkeys (WebAuthn): a form[data-passkey] gets what the device answers and is sent. The server's options are JSON with
// bytes as base64url, and so is the answer. Without this file the form says what is missing.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function create({ publicKey }, alone) {
  const device = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        ...(alone ? { userVerification: "required" } : {}),
      },
    },
  });
  const { clientDataJSON, attestationObject } = device.response;
  return answer(device, { clientDataJSON, attestationObject });
}

async function get({ publicKey }) {
  const device = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = device.response;
  return answer(device, { clientDataJSON, authenticatorData, signature, userHandle });
}

function answer(device, parts) {
  const response = {};
  for (const [name, part] of Object.entries(parts)) if (part) response[name] = text(part);
  return {
    id: device.id,
    rawId: text(device.rawId),
    type: device.type,
    authenticatorAttachment: device.authenticatorAttachment,
    clientExtensionResults: device.getClientExtensionResults(),
    response,
  };
}

async function options(form) {
  const { optionsId, optionsFrom } = form.dataset;
  if (optionsId) return JSON.parse(document.getElementById(optionsId).textContent);
  const asked = await fetch(optionsFrom, { headers: { Accept: "application/json" } });
  if (!asked.ok) throw new Error(asked.status);
  return asked.json();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.querySelector("[data-passkey-works]").hidden = false;
  form.querySelector("[data-passkey-missing]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      const { creation_options: creation, request_options: request } = await options(form);
      const { credential, passwordless } = form.elements;
      credential.value = JSON.stringify(
        form.dataset.passkey === "create" ? await create(creation, Boolean(passwordless?.checked)) : await get(request),
      );
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
