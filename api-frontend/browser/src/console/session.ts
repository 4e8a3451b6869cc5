import { Api, ApiError, type Tenant } from "./api";

/** Who is signed in: the key, and what it reaches. */
export interface Session {
  api: Api;
  isAdmin: boolean;
  /** The one tenant of a tenant key. */
  tenant: string | null;
}

const storedKey = "laurel-console-key";

/** Signs in. The key stays in this tab, until it is closed. */
export async function signIn(key: string): Promise<Session> {
  const api = new Api(key.trim());
  const session = await find(api);
  sessionStorage.setItem(storedKey, api.key);
  return session;
}

export async function resume(): Promise<Session | null> {
  const key = sessionStorage.getItem(storedKey);
  if (key === null) return null;
  try {
    return await find(new Api(key));
  } catch {
    return null;
  }
}

export function signOut(): void {
  sessionStorage.removeItem(storedKey);
}

async function find(api: Api): Promise<Session> {
  const tenants = await api.get<{ tenants: Tenant[] }>("/tenants?limit=1").catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 403)
      throw new ApiError(403, "This key cannot manage anything. Sign in with an admin key, or a tenant key with leaderboards:read.");
    throw error;
  });
  // Keys of a tenant are told by their kind, which stands in their text; such a key sees its own tenant alone.
  const own = api.key.startsWith("lrl_tenant_") ? (tenants.tenants[0]?.tenant_id ?? null) : null;
  return { api, isAdmin: own === null, tenant: own };
}
