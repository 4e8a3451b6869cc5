import { Api, ApiError, type Board, type Tenant } from "./api";

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
  try {
    await api.get<{ tenants: Tenant[] }>("/tenants?limit=1");
    return { api, isAdmin: true, tenant: null };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 403) throw error;
  }
  const own = await api.get<{ leaderboards: Board[] }>("/leaderboards?limit=1").catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 403)
      throw new ApiError(403, "This key cannot manage anything. Sign in with an admin key, or a tenant key with leaderboards:read.");
    throw error;
  });
  const tenant = own.leaderboards[0]?.tenant_id ?? null;
  if (tenant === null) throw new ApiError(403, "This key's tenant has no leaderboard yet. Sign in with an admin key to make the first.");
  return { api, isAdmin: false, tenant };
}
